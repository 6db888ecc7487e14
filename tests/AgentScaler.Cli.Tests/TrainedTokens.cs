using System.Text.Json;
using AgentScaler.Core.Tests.Datasets.Masks;
using AgentScaler.Datasets.Masks;
using Microsoft.ML.Tokenizers;

namespace AgentScaler.Cli.Tests;

/// <summary>A tokenizer of our own with the marks of a template, to see that the masks' spans are whole tokens.</summary>
internal sealed class TrainedTokens
{
    private readonly BpeTokenizer tokenizer;

    private TrainedTokens(BpeTokenizer tokenizer) => this.tokenizer = tokenizer;

    /// <summary>Trains on some lines of masks.</summary>
    public static TrainedTokens Train(IEnumerable<string> lines, string template)
    {
        string[] marks = template == "llama3"
            ? ["<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"]
            : ["<|im_start|>", "<|im_end|>", "<think>", "</think>", "<tool_call>", "</tool_call>", "<tool_response>", "</tool_response>"];
        return new TrainedTokens(TinyBpe.Train(lines.Select(line => JsonElement.Parse(line).GetProperty("text").GetString()!), 300, marks));
    }

    /// <summary>The tokens within the spans, decoded, are exactly the spans, and so are all others the rest.</summary>
    public void CheckDecoded(JsonElement sample)
    {
        var text = sample.GetProperty("text").GetString()!;
        var spans = sample.GetProperty("spans").EnumerateArray().Select(span => new MaskSpan(span[0].GetInt32(), span[1].GetInt32())).ToList();
        var starts = CodePoints.Starts(text);
        var tokens = tokenizer.EncodeToTokens(text, out _);
        var mask = TokenMask.Of(spans, TinyBpe.Offsets(text, tokens));
        Assert.Equal(string.Concat(spans.Select(span => text[starts[span.Start]..starts[span.End]])), Decode(true));
        Assert.Equal(string.Concat(spans.Select(span => span.End).Prepend(0).Zip(spans.Select(span => span.Start).Append(starts.Length - 1), (from, to) => text[starts[from]..starts[to]])), Decode(false));

        string Decode(bool trained) => tokenizer.Decode(tokens.Where((_, i) => mask[i] == trained).Select(token => token.Id), considerSpecialTokens: true);
    }
}
