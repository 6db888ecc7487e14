using System.Text;
using System.Text.Json.Nodes;
using AgentScaler.Datasets.Masks;
using AgentScaler.Determinism;
using FsCheck.Xunit;

namespace AgentScaler.Core.Tests.Datasets.Masks;

/// <summary>On any conversation, what the spans hold is what the assistant said, thought and called, each once.</summary>
public sealed class MaskProperties
{
    private static readonly string[] Words = ["hello", "书📚", "a\nb", "\"q\"\\", "<tool_call>", "é", "12.50", "🔎🔎", "</tool_response>"];

    private readonly StringBuilder qwen = new();
    private readonly StringBuilder llama = new();

    [Property(MaxTest = 200)]
    public void Of_AnyConversation_TrainsEachAssistantMessageOnce(int seed, bool reasons)
    {
        qwen.Clear();
        llama.Clear();
        var record = new JsonObject { ["messages"] = Conversation(Seed.Root(seed).Random(), reasons), ["tools"] = new JsonArray(), ["metadata"] = new JsonObject { ["episode"] = "e" } };
        var element = System.Text.Json.JsonElement.Parse(record.ToJsonString());
        var samples = LossMasks.Of(element, ChatTemplateKind.Qwen3);
        Assert.Equal(qwen.ToString(), string.Concat(samples.Select(MaskText.Trained)));
        var single = Assert.Single(LossMasks.Of(element, ChatTemplateKind.Llama3));
        Assert.Equal(llama.ToString(), MaskText.Trained(single));
        foreach (var sample in samples.Append(single))
        {
            var before = -1;
            foreach (var span in sample.Spans)
            {
                Assert.True(before < span.Start && span.Start < span.End);
                before = span.End;
            }
        }
    }

    private JsonArray Conversation(SeededRandom random, bool reasons)
    {
        var messages = new JsonArray { Message("system", "told by the system") };
        for (var turn = random.Between(1, 3); turn > 0; turn--)
        {
            messages.Add(Message("user", "told by the user " + random.Pick(Words)));
            for (var step = random.Next(3); step > 0; step--)
            {
                messages.Add(Assistant(random, reasons, random.Between(1, 3), messages.Count));
                var calls = messages[^1]!["tool_calls"]!.AsArray();
                foreach (var call in random.Shuffle(calls))
                {
                    var result = Message("tool", "told by a tool " + random.Pick(Words));
                    result["tool_call_id"] = call!["id"]!.DeepClone();
                    messages.Add(result);
                }
            }

            messages.Add(Assistant(random, reasons, 0, messages.Count));
        }

        return messages;
    }

    private JsonObject Assistant(SeededRandom random, bool reasons, int calls, int index)
    {
        var content = calls == 0 || random.Chance(0.5) ? random.Pick(Words) : "";
        var message = Message("assistant", content);
        if (content.Length == 0)
        {
            message.Remove("content");
        }

        if (reasons && random.Chance(0.6))
        {
            message["reasoning_content"] = "\n" + random.Pick(Words);
            qwen.Append("<think>\n").Append((string?)message["reasoning_content"], 1, ((string)message["reasoning_content"]!).Length - 1).Append("\n</think>\n\n");
        }

        qwen.Append(content);
        for (var i = 0; i < calls; i++)
        {
            var id = $"c{index}-{i}";
            if (i == 0)
            {
                message["tool_calls"] = new JsonArray();
            }

            message["tool_calls"]!.AsArray().Add(new JsonObject { ["id"] = id, ["function"] = new JsonObject { ["name"] = "t", ["arguments"] = new JsonObject { ["id"] = id } } });
            qwen.Append(i > 0 || content.Length > 0 ? "\n" : "").Append("<tool_call>\n{\"name\": \"t\", \"arguments\": {\"id\": \"").Append(id).Append("\"}}\n</tool_call>");
            llama.Append("{\"name\": \"t\", \"parameters\": {\"id\": \"").Append(id).Append("\"}}<|eot_id|>");
        }

        qwen.Append("<|im_end|>");
        llama.Append(calls == 0 ? content + "<|eot_id|>" : "");
        return message;
    }

    private static JsonObject Message(string role, string content) => new() { ["role"] = role, ["content"] = content, ["train"] = role == "assistant" };
}
