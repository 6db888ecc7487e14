using System.Text;
using System.Text.Json;
using AgentScaler.Datasets.Masks;

namespace AgentScaler.Core.Tests.Datasets.Masks;

public sealed class TokenMaskTests
{
    private const string Record = """
        {"metadata":{"episode":"e"},"tools":[{"type":"function","function":{"name":"find_book","description":"Finds books","parameters":{"type":"object","properties":{}}}}],"messages":[
        {"role":"system","content":"Help the reader."},
        {"role":"user","content":"Find the books 📚 called 三体"},
        {"role":"assistant","content":"Finding the books 📚","tool_calls":[{"id":"1","function":{"name":"find_book","arguments":{"title":"三体 🔎"}}},{"id":"2","function":{"name":"find_book","arguments":{"title":"书"}}}]},
        {"role":"tool","tool_call_id":"1","content":"{\"books\":[\"三体 📚\"]}"},
        {"role":"tool","tool_call_id":"2","content":"no books"},
        {"role":"assistant","content":"The book is 三体. 📚🔎","reasoning_content":"The reader wants books 📚."},
        {"role":"user","content":"Thanks 🙂"},
        {"role":"assistant","content":"🙂"}]}
        """;

    private static readonly string[] Marks = ["<|im_start|>", "<|im_end|>", "<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>", "<think>", "</think>", "<tool_call>", "</tool_call>"];

    [Theory]
    [InlineData(ChatTemplateKind.Qwen3)]
    [InlineData(ChatTemplateKind.Llama3)]
    public void Of_TokensOfOurOwnVocabulary_DecodeToTheSpans(ChatTemplateKind kind)
    {
        var samples = LossMasks.Of(JsonElement.Parse(Record), kind);
        var tokenizer = TinyBpe.Train(samples.Select(sample => sample.Text), 120, Marks);
        foreach (var sample in samples)
        {
            var tokens = tokenizer.EncodeToTokens(sample.Text, out _);
            Assert.Contains(tokens, token => token.Value.Length > 2 && !Marks.Contains(token.Value));
            var mask = TokenMask.Of(sample.Spans, TinyBpe.Offsets(sample.Text, tokens));
            Assert.Equal(MaskText.Trained(sample), tokenizer.Decode(tokens.Where((_, i) => mask[i]).Select(token => token.Id), considerSpecialTokens: true));
            var context = new StringBuilder();
            var runes = sample.Text.EnumerateRunes().ToList();
            for (var i = 0; i < runes.Count; i++)
            {
                context.Append(sample.Spans.Any(span => span.Start <= i && i < span.End) ? "" : runes[i].ToString());
            }

            Assert.Equal(context.ToString(), tokenizer.Decode(tokens.Where((_, i) => !mask[i]).Select(token => token.Id), considerSpecialTokens: true));
        }
    }

    [Fact]
    public void Of_TokenOverABeginning_IsNotTrained() =>
        Assert.Equal([false, false, true, true, false, true], TokenMask.Of([new(3, 6), new(8, 9)], [(0, 2), (2, 4), (4, 5), (5, 6), (6, 8), (8, 9)]));

    [Fact]
    public void Of_TokensThatShareACharacter_AreAllTrainedWithIt() =>
        Assert.Equal([false, true, true, false], TokenMask.Of([new(1, 2)], [(0, 1), (1, 2), (1, 2), (2, 3)]));
}
