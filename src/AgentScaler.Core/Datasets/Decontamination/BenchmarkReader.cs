using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AgentScaler.Json;
using AgentScaler.Tools.Python;
using AgentScaler.Tools.Sources;

namespace AgentScaler.Datasets.Decontamination;

/// <summary>
/// Reads benchmark data of any layout into an index: JSON, JSON lines, Markdown, plain text, Python, each also gzipped. In JSON and in Python's literals, an object with a name and
/// parameters (JSON Schema, a map of names to types, lists of named ones) is a tool, one with telling values a row, a string of eight words and more a text: a policy by its key or file (<c>policy</c>, <c>wiki</c>, <c>rules</c>, <c>system</c>), else
/// an intent; strings that hold JSON are read on. Text files are policies.
/// </summary>
internal sealed class BenchmarkReader(BenchmarkIndex index)
{
    private const int MaximumDepth = 128;

    private static readonly string[] PolicyWords = ["policy", "policies", "wiki", "rule", "guideline", "system", "manual", "workflow"];

    private readonly HashSet<ulong> read = [];
    private string file = string.Empty;
    private long tools;
    private long policies;
    private long intents;
    private long rows;

    /// <summary>Reads all files of the sources.</summary>
    /// <param name="sources">Files, folders, globs.</param>
    /// <param name="progress">Told how many files are read; or null.</param>
    /// <returns>What each file held, sorted by name.</returns>
    /// <exception cref="SourceException">A source does not exist.</exception>
    public async Task<IReadOnlyList<BenchmarkFile>> ReadAsync(
        IReadOnlyList<string> sources, string baseFolder, IProgress<CountProgress>? progress, CancellationToken cancellationToken)
    {
        var located = SourceLocator.Locate(sources, baseFolder);
        var files = new List<BenchmarkFile>(located.Skipped.Select(skipped => new BenchmarkFile(skipped.Name, 0, 0, 0, 0, skipped.Reason) { IsBroken = true }));
        foreach (var (done, found) in located.Files.Index())
        {
            progress?.Report(new CountProgress(done, located.Files.Count, "files of the benchmarks read"));
            // Two benchmarks may have files of one name.
            file = Path.GetFileName(found.Root.TrimEnd(Path.DirectorySeparatorChar)) is { Length: > 0 } folder ? $"{folder}/{found.Name}" : found.Name;
            (tools, policies, intents, rows) = (0, 0, 0, 0);
            string? problem = null;
            var isRead = IsReadable(found.Name);
            try
            {
                problem = isRead ? await ReadAsync(found, cancellationToken) : "not read: expected JSON, JSON lines, Markdown, text or Python";
            }
            catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or JsonException or DecoderFallbackException)
            {
                problem = $"can't be read: {e.Message}";
            }

            files.Add(new BenchmarkFile(file, tools, policies, intents, rows, problem) { IsBroken = isRead && problem is not null });
        }

        return [.. files.OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    private async Task<string?> ReadAsync(LocatedFile found, CancellationToken cancellationToken)
    {
        var name = Plain(found.Name);
        await using var stream = File.OpenRead(found.Path);
        await using Stream plain = name.Length < found.Name.Length ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        switch (Extension(name))
        {
            case ".json":
                using (var document = await JsonDocument.ParseAsync(plain, new JsonDocumentOptions { MaxDepth = MaximumDepth, AllowTrailingCommas = true }, cancellationToken))
                {
                    Walk(document.RootElement, null, "$", IsPolicy(name), 0);
                }

                return null;
            case ".jsonl" or ".ndjson":
                return await LinesAsync(plain, name, cancellationToken);
            case ".md" or ".txt":
                Text(ContaminationKind.Policy, await AllAsync(plain, cancellationToken), "$");
                return null;
            case ".py":
                var i = 0;
                foreach (var literal in PythonLiteral.Within(await AllAsync(plain, cancellationToken)))
                {
                    Walk(literal, null, $"literal {++i}", IsPolicy(name), 0);
                }

                return null;
            default:
                throw new InvalidOperationException($"no reader for '{name}'");
        }
    }

    private static bool IsReadable(string name) => Extension(Plain(name)) is ".json" or ".jsonl" or ".ndjson" or ".md" or ".txt" or ".py";

    private static string Extension(string name) => Path.GetExtension(name).ToLowerInvariant();

    /// <summary>A file's name, unpacked.</summary>
    private static string Plain(string name) => name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;

    private async Task<string?> LinesAsync(Stream plain, string name, CancellationToken cancellationToken)
    {
        using var reader = Reader(plain);
        long number = 0, broken = 0;
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            number++;
            if (JsonText.Read(line) is { } value)
            {
                Walk(value, null, $"line {number}", IsPolicy(name), 0);
            }
            else if (!string.IsNullOrWhiteSpace(line))
            {
                broken++;
            }
        }

        return broken == 0 ? null : $"{broken} of {number} lines are no JSON";
    }

    private void Walk(JsonElement value, string? key, string place, bool policy, int depth)
    {
        if (depth > MaximumDepth)
        {
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                if (ToolSketch.Read(value, key) is { } tool)
                {
                    // A benchmark repeats its tools in every task.
                    if (read.Add(WordHash.Of(value.GetRawText())))
                    {
                        index.Add(tool, $"{file}: {place}: {tool.Label}");
                        tools++;
                    }

                    return;
                }

                foreach (var property in value.EnumerateObject())
                {
                    var name = JsonText.NameOf(property);
                    Walk(property.Value, name, JsonPath.Join(place, name), policy || IsPolicy(name), depth + 1);
                }

                // After what is in it: what only wraps a row is the same set of values.
                rows += index.AddRow(value, $"{file}: {place}") ? 1 : 0;
                break;
            case JsonValueKind.Array:
                var i = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Walk(item, null, $"{place}[{i++}]", policy, depth + 1);
                }

                break;
            case JsonValueKind.String:
                var text = JsonText.Of(value);
                if (text.AsSpan().TrimStart() is ['{' or '[', ..] && (JsonText.Read(text) ?? PythonLiteral.TryParse(text)) is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } inner)
                {
                    Walk(inner, key, place, policy, depth + 1);
                }
                else
                {
                    Text(policy ? ContaminationKind.Policy : ContaminationKind.Intent, text, place);
                }

                break;
        }
    }

    /// <summary>Adds a text, and the lines of an intent: several turns may stand in one string.</summary>
    private void Text(ContaminationKind kind, string text, string place)
    {
        if (!read.Add(WordHash.Of(text)) || !index.Add(kind, text, $"{file}: {place}"))
        {
            return;
        }

        policies += kind == ContaminationKind.Policy ? 1 : 0;
        intents += kind == ContaminationKind.Intent ? 1 : 0;
        if (kind == ContaminationKind.Intent && text.AsSpan().Trim().Contains('\n'))
        {
            foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                var said = line.IndexOf(": ", StringComparison.Ordinal) is > 0 and < 12 and var colon ? line[(colon + 2)..] : line;
                if (read.Add(WordHash.Of(said)))
                {
                    index.Add(kind, said, $"{file}: {place}");
                }
            }
        }
    }

    private static bool IsPolicy(string name) => PolicyWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static async Task<string> AllAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var reader = Reader(stream);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private static StreamReader Reader(Stream stream) => new(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, 1 << 16, leaveOpen: true);
}
