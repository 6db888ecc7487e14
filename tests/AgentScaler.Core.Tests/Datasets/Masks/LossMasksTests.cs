using System.Text.Json;
using AgentScaler.Datasets;
using AgentScaler.Datasets.Masks;

namespace AgentScaler.Core.Tests.Datasets.Masks;

/// <summary>Texts rendered by hand from the families' templates; brackets mark what is trained.</summary>
public sealed class LossMasksTests
{
    private const string Tool = """{"type":"function","function":{"name":"find_book","description":"Finds 书 \"by\" title","parameters":{"type":"object","properties":{"title":{"type":"string"},"limit":{"type":"integer","default":1.5}}}}}""";

    private const string Parallel = """
        {"metadata":{"episode":"e1"},"tools":[TOOL],"messages":[
        {"role":"system","content":"Be kind.","train":false},
        {"role":"user","content":"Two books 📚, please","train":false},
        {"role":"assistant","content":"Looking 🔎.","tool_calls":[{"id":"c1","type":"function","function":{"name":"find_book","arguments":{"title":"三体","limit":2.0}}},{"id":"c2","type":"function","function":{"name":"find_book","arguments":{}}}],"train":true},
        {"role":"tool","tool_call_id":"c2","name":"find_book","content":"{\"n\":2}","train":false},
        {"role":"tool","tool_call_id":"c1","name":"find_book","content":"one","train":false},
        {"role":"assistant","content":"Here they are.","train":true}]}
        """;

    private const string Reasoned = """
        {"metadata":{"episode":"e2"},"tools":[],"messages":[
        {"role":"system","content":"S","train":false},
        {"role":"user","content":"A","train":false},
        {"role":"assistant","reasoning_content":"first thought","tool_calls":[{"id":"c1","type":"function","function":{"name":"t","arguments":{}}}],"train":true},
        {"role":"tool","tool_call_id":"c1","name":"t","content":"r","train":false},
        {"role":"assistant","content":"one","reasoning_content":"\nsecond\n","train":true},
        {"role":"user","content":"B","train":false},
        {"role":"assistant","content":"two","train":true}]}
        """;

    [Fact]
    public void Of_Qwen3WithToolsAndParallelResults_RendersOneUserTurnOfResults()
    {
        var sample = Assert.Single(LossMasks.Of(Record(Parallel), ChatTemplateKind.Qwen3));
        Assert.Equal(
            """
            <|im_start|>system
            Be kind.

            # Tools

            You may call one or more functions to assist with the user query.

            You are provided with function signatures within <tools></tools> XML tags:
            <tools>
            {"type": "function", "function": {"name": "find_book", "description": "Finds 书 \"by\" title", "parameters": {"type": "object", "properties": {"title": {"type": "string"}, "limit": {"type": "integer", "default": 1.5}}}}}
            </tools>

            For each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:
            <tool_call>
            {"name": <function-name>, "arguments": <args-json-object>}
            </tool_call><|im_end|>
            <|im_start|>user
            Two books 📚, please<|im_end|>
            <|im_start|>assistant
            ⟦Looking 🔎.
            <tool_call>
            {"name": "find_book", "arguments": {"title": "三体", "limit": 2.0}}
            </tool_call>
            <tool_call>
            {"name": "find_book", "arguments": {}}
            </tool_call><|im_end|>⟧
            <|im_start|>user
            <tool_response>
            {"n":2}
            </tool_response>
            <tool_response>
            one
            </tool_response><|im_end|>
            <|im_start|>assistant
            <think>

            </think>

            ⟦Here they are.<|im_end|>⟧

            """,
            MaskText.Marked(sample));
    }

    [Fact]
    public void Of_Llama3WithParallelCalls_RendersATurnACallWithItsResult()
    {
        var sample = Assert.Single(LossMasks.Of(Record(Parallel), ChatTemplateKind.Llama3));
        Assert.Equal(
            """
            <|begin_of_text|><|start_header_id|>system<|end_header_id|>

            Environment: ipython
            Cutting Knowledge Date: December 2023
            Today Date: 26 Jul 2024

            Be kind.<|eot_id|><|start_header_id|>user<|end_header_id|>

            Given the following functions, please respond with a JSON for a function call with its proper arguments that best answers the given prompt.

            Respond in the format {"name": function name, "parameters": dictionary of argument name and its value}.Do not use variables.

            {
                "type": "function",
                "function": {
                    "name": "find_book",
                    "description": "Finds 书 \"by\" title",
                    "parameters": {
                        "type": "object",
                        "properties": {
                            "title": {
                                "type": "string"
                            },
                            "limit": {
                                "type": "integer",
                                "default": 1.5
                            }
                        }
                    }
                }
            }

            Two books 📚, please<|eot_id|><|start_header_id|>assistant<|end_header_id|>

            ⟦{"name": "find_book", "parameters": {"title": "三体", "limit": 2.0}}<|eot_id|>⟧<|start_header_id|>ipython<|end_header_id|>

            "one"<|eot_id|><|start_header_id|>assistant<|end_header_id|>

            ⟦{"name": "find_book", "parameters": {}}<|eot_id|>⟧<|start_header_id|>ipython<|end_header_id|>

            "{\"n\":2}"<|eot_id|><|start_header_id|>assistant<|end_header_id|>

            ⟦Here they are.<|eot_id|>⟧
            """,
            MaskText.Marked(sample));
    }

    [Fact]
    public void Of_Qwen3WithReasoningInAnEarlierTurn_IsASampleForEachTurn()
    {
        var samples = LossMasks.Of(Record(Reasoned), ChatTemplateKind.Qwen3);
        Assert.Equal([(0, 2), (1, 2)], samples.Select(sample => (sample.Part, sample.Parts)));
        Assert.Equal(
            """
            <|im_start|>system
            S<|im_end|>
            <|im_start|>user
            A<|im_end|>
            <|im_start|>assistant
            ⟦<think>
            first thought
            </think>

            <tool_call>
            {"name": "t", "arguments": {}}
            </tool_call><|im_end|>⟧
            <|im_start|>user
            <tool_response>
            r
            </tool_response><|im_end|>
            <|im_start|>assistant
            ⟦<think>
            second
            </think>

            one<|im_end|>⟧

            """,
            MaskText.Marked(samples[0]));
        Assert.Equal(
            """
            <|im_start|>system
            S<|im_end|>
            <|im_start|>user
            A<|im_end|>
            <|im_start|>assistant
            <tool_call>
            {"name": "t", "arguments": {}}
            </tool_call><|im_end|>
            <|im_start|>user
            <tool_response>
            r
            </tool_response><|im_end|>
            <|im_start|>assistant
            one<|im_end|>
            <|im_start|>user
            B<|im_end|>
            <|im_start|>assistant
            <think>

            </think>

            ⟦two<|im_end|>⟧

            """,
            MaskText.Marked(samples[1]));
    }

    [Fact]
    public void Of_Qwen3WithReasoningInTheLastTurnOnly_IsOneSample()
    {
        var record = Reasoned.Replace("\"reasoning_content\":\"first thought\",", "", StringComparison.Ordinal).Replace("\"reasoning_content\":\"\\nsecond\\n\",", "", StringComparison.Ordinal)
            .Replace("\"content\":\"two\"", "\"content\":\"two\",\"reasoning_content\":\"late\"", StringComparison.Ordinal);
        var sample = Assert.Single(LossMasks.Of(Record(record), ChatTemplateKind.Qwen3));
        Assert.EndsWith("⟦<think>\nlate\n</think>\n\ntwo<|im_end|>⟧\n", MaskText.Marked(sample), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_MessageNotToBeTrained_IsContext()
    {
        var record = Parallel.Replace("\"content\":\"Here they are.\",\"train\":true", "\"content\":\"Here they are.\",\"train\":false", StringComparison.Ordinal);
        foreach (var kind in Enum.GetValues<ChatTemplateKind>())
        {
            var sample = Assert.Single(LossMasks.Of(Record(record), kind));
            Assert.Contains("Here they are.", sample.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Here they are.", MaskText.Trained(sample), StringComparison.Ordinal);
            Assert.NotEmpty(sample.Spans);
        }
    }

    [Fact]
    public async Task WriteAsync_ManyBrokenRows_AreCountedBeyondThoseThatAreListed()
    {
        using var folder = new Storage.TemporaryFolder();
        await File.WriteAllLinesAsync(folder.File("rows.jsonl"), Enumerable.Repeat("""{"metadata":{"episode":"e"},"messages":[{"role":"user"},{"role":"a: b","content":3}]}""", 203));
        var report = await LossMasks.WriteAsync(folder.File("rows.jsonl"), ChatTemplateKind.Qwen3, new StringWriter(), CancellationToken.None);
        Assert.Equal((203, 203, 200), (report.Rows, report.LeftOut, report.Problems.Count));
        Assert.Equal(new DatasetProblem("rows.jsonl", 1, "$.messages[1].content", "expected text"), report.Problems[0]);
    }

    [Fact]
    public async Task WriteAsync_Llama3_CountsWhatTheTemplateDrops()
    {
        using var folder = new Storage.TemporaryFolder();
        var file = folder.File("rows.jsonl");
        await File.WriteAllTextAsync(file, OneLine(Parallel) + "\n" + OneLine(Reasoned) + "\n");
        var report = await LossMasks.WriteAsync(file, ChatTemplateKind.Llama3, new StringWriter(), CancellationToken.None);
        Assert.Equal((2, 2, 0), (report.Rows, report.Samples, report.SplitRows));
        Assert.Equal((2, 1, 1), (report.ReasoningLost, report.TextLost, report.CallsSpread));
    }

    [Fact]
    public async Task WriteAsync_BrokenRows_AreListedWithTheirPlaceAndLeftOut()
    {
        using var folder = new Storage.TemporaryFolder();
        var file = folder.File("rows.jsonl");
        await File.WriteAllTextAsync(file, "{\"messages\":\n" + OneLine(Reasoned).Replace("\"role\":\"user\"", "\"role\":7", StringComparison.Ordinal) + "\n" + OneLine(Reasoned) + "\n");
        var text = new StringWriter();
        var report = await LossMasks.WriteAsync(file, ChatTemplateKind.Qwen3, text, CancellationToken.None);
        Assert.Equal((3, 2, 1), (report.Rows, report.Samples, report.SplitRows));
        Assert.Equal([(1L, "$"), (2L, "$.messages[1].role")], report.Problems.Select(problem => (problem.Line, problem.Path)));
        var samples = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["episode", "part", "parts", "spans", "text"], samples[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(report.TrainedCharacters, samples.Sum(sample => sample.GetProperty("spans").EnumerateArray().Sum(span => span[1].GetInt64() - span[0].GetInt64())));
    }

    [Fact]
    public async Task WriteAsync_NoUtf8_IsRefusedWithTheLine()
    {
        using var folder = new Storage.TemporaryFolder();
        await File.WriteAllBytesAsync(folder.File("rows.jsonl"), [(byte)'{', (byte)'}', (byte)'\n', (byte)'{', 0xff, (byte)'\n']);
        var error = await Assert.ThrowsAsync<DatasetException>(() => LossMasks.WriteAsync(folder.File("rows.jsonl"), ChatTemplateKind.Qwen3, new StringWriter(), CancellationToken.None));
        Assert.EndsWith("rows.jsonl:2: expected UTF-8", error.Message, StringComparison.Ordinal);
    }

    private static JsonElement Record(string text) => JsonElement.Parse(text.Replace("TOOL", Tool, StringComparison.Ordinal));

    private static string OneLine(string text) => text.Replace("TOOL", Tool, StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
}
