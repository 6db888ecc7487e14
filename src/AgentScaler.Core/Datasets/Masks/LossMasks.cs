using System.Text.Json;
using AgentScaler.Json;

namespace AgentScaler.Datasets.Masks;

/// <summary>
/// What the loss covers, as spans over the text that a chat template renders (paper, Eq. 2): of assistant messages with <c>train</c> the text, the reasoning that the template
/// keeps, the calls, and the token that ends the turn, which the model must learn to say; never headers, system, user or tool results. The text is what
/// <c>apply_chat_template(row["messages"], tools=row["tools"], tokenize=False)</c> gives for the same row. Where Qwen3's template would drop reasoning of earlier turns, the trajectory
/// becomes one sample for each of the user's turns: the turn as it was spoken, what went before as context. So each assistant message is trained once.
/// </summary>
public static class LossMasks
{
    private static readonly Qwen3Template Qwen3 = new();

    private static readonly Llama3Template Llama3 = new();

    /// <summary>Problems listed; more are only counted.</summary>
    private const int MostProblems = 200;

    /// <summary>The samples of one trajectory.</summary>
    /// <param name="record">A canonical record.</param>
    /// <exception cref="RecordFormatException">The record can't be rendered.</exception>
    public static IReadOnlyList<MaskSample> Of(JsonElement record, ChatTemplateKind kind) => Of(record, kind, new MaskTally());

    /// <summary>Writes the samples of a file, a line each.</summary>
    /// <param name="file">Canonical rows.</param>
    /// <exception cref="DatasetException">The file is no text.</exception>
    public static Task<MaskReport> WriteAsync(string file, ChatTemplateKind kind, TextWriter target, CancellationToken cancellationToken) =>
        WriteAsync(file, kind, target, null, cancellationToken);

    /// <inheritdoc cref="WriteAsync(string, ChatTemplateKind, TextWriter, CancellationToken)"/>
    /// <param name="progress">Told how many rows are done; or null.</param>
    public static async Task<MaskReport> WriteAsync(string file, ChatTemplateKind kind, TextWriter target, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var tally = new MaskTally();
        var problems = new List<DatasetProblem>();
        long rows = 0, leftOut = 0, samples = 0, split = 0, characters = 0, trained = 0;
        await foreach (var line in DatasetRows.ReadAsync(file, cancellationToken))
        {
            rows++;
            progress?.Report(rows);
            IReadOnlyList<MaskSample> parts;
            try
            {
                using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 256 });
                parts = Of(document.RootElement, kind, tally);
            }
            catch (Exception e) when (e is JsonException or RecordFormatException or InvalidOperationException)
            {
                // Keys with half a surrogate pair can't be compared: that is the last of the three.
                leftOut++;
                if (problems.Count < MostProblems)
                {
                    problems.Add(e is RecordFormatException record
                        ? new DatasetProblem(Path.GetFileName(file), rows, record.Place, record.Expected)
                        : new DatasetProblem(Path.GetFileName(file), rows, "$", $"expected a record: {e.Message}"));
                }

                continue;
            }

            samples += parts.Count;
            split += parts.Count > 1 ? 1 : 0;
            foreach (var part in parts)
            {
                characters += CodePoints.Count(part.Text);
                trained += part.Spans.Sum(span => (long)span.End - span.Start);
                await target.WriteLineAsync(Line(part).AsMemory(), cancellationToken);
            }
        }

        return new MaskReport
        {
            Rows = rows,
            Samples = samples,
            SplitRows = split,
            Characters = characters,
            TrainedCharacters = trained,
            ReasoningLost = tally.ReasoningLost,
            TextLost = tally.TextLost,
            CallsSpread = tally.CallsSpread,
            LeftOut = leftOut,
            Problems = problems,
        };
    }

    /// <summary>A sample as a line: <c>episode</c>, <c>part</c>, <c>parts</c>, <c>spans</c> (pairs), <c>text</c>.</summary>
    public static string Line(MaskSample sample) => CanonicalJson.Serialize(new
    {
        sample.Episode,
        sample.Part,
        sample.Parts,
        Spans = sample.Spans.Select(span => new[] { span.Start, span.End }),
        sample.Text,
    });

    private static List<MaskSample> Of(JsonElement record, ChatTemplateKind kind, MaskTally tally)
    {
        IChatTemplate template = kind == ChatTemplateKind.Qwen3 ? Qwen3 : Llama3;
        var messages = TemplateMessage.Read(record);
        IReadOnlyList<JsonElement> tools = record.TryGetProperty("tools", out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];
        var episode = record.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
            && metadata.TryGetProperty("episode", out var id) && id.ValueKind == JsonValueKind.String
            ? JsonText.Of(id)
            : throw new RecordFormatException("$.metadata.episode", "expected the trajectory's id");
        int[] ends = [.. template.Cuts(messages), messages.Count];
        var samples = new List<MaskSample>(ends.Length);
        for (var part = 0; part < ends.Length; part++)
        {
            var text = new MaskedText();
            template.Render(messages[..ends[part]], part == 0 ? 0 : ends[part - 1], tools, text, tally);
            samples.Add(new MaskSample(episode, part, ends.Length, text.Text, text.Spans));
        }

        return samples;
    }
}
