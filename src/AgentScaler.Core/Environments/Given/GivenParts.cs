using System.Text.Json;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Environments.Given;

/// <summary>
/// The parts of a package that a person gives; they are kept as given, and the rest is made. Files as in a package's folder, each optional:
/// <c>tools.json</c> (or <c>.jsonl</c>; a package's, or any catalogue), <c>schema.json</c>, <c>state.json</c> (a package's, or an object of collection to
/// rows), <c>policy.md</c>, <c>rules.json</c>, <c>programs/TOOL.js</c>, <c>intents.json</c>.
/// </summary>
public sealed record GivenParts
{
    private const string Lines = "tools.jsonl";

    /// <summary>The name and text of a tools file in a catalogue's dialect, or null.</summary>
    public KeyValuePair<string, string>? Catalogue { get; private init; }

    /// <summary>Tools as packages list them, with their bindings; null if they are not given so.</summary>
    public IReadOnlyList<PackageToolEntry>? Tools { get; private init; }

    /// <summary>The schema, or null.</summary>
    public EnvironmentSchema? Schema { get; private init; }

    /// <summary>Rows by collection, in the order given; a collection that is there has these rows and no others.</summary>
    public SortedDictionary<string, IReadOnlyList<JsonElement>> Rows { get; private init; } = new(StringComparer.Ordinal);

    /// <summary>The policy, or null.</summary>
    public string? Policy { get; private init; }

    /// <summary>The policy's rules, or null; a policy given without rules has none, because nobody but its author knows them.</summary>
    public IReadOnlyList<PolicyRule>? Rules { get; private init; }

    /// <summary>What users want of the environment.</summary>
    public IReadOnlyList<GivenIntent> Intents { get; private init; } = [];

    /// <summary>Tool to program.</summary>
    public SortedDictionary<string, string> Programs { get; private init; } = new(StringComparer.Ordinal);

    /// <summary>Whether the parts say anything of rows, programs, rules or intents, which fit one schema and no other.</summary>
    internal bool FitOneSchema => Schema is null && (Rows.Count > 0 || Programs.Count > 0 || Tools is not null || Rules is not null || Policy is not null || Intents.Count > 0);

    /// <summary>Whether tools are among the parts.</summary>
    public bool HasTools => Catalogue is not null || Tools is not null;

    /// <summary>Reads the parts from files.</summary>
    /// <param name="files">Name within the folder to text.</param>
    /// <exception cref="PackageException">A file is none of a package, or broken; the message names file and place.</exception>
    public static GivenParts Read(IReadOnlyDictionary<string, string> files)
    {
        var parts = new GivenParts();
        foreach (var (name, text) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            parts = name switch
            {
                PackageFiles.Schema => parts with { Schema = CheckedSchema(Parse<EnvironmentSchema>(name, text)) },
                PackageFiles.Policy => parts with { Policy = text },
                PackageFiles.Rules => parts with { Rules = Parse<IReadOnlyList<PolicyRule>>(name, text) },
                PackageFiles.Intents => parts with { Intents = Parse<IReadOnlyList<GivenIntent>>(name, text) },
                PackageFiles.State => parts with { Rows = ReadRows(text) },
                PackageFiles.Tools when IsEntries(name, text) => parts with { Tools = Parse<IReadOnlyList<PackageToolEntry>>(name, text) },
                PackageFiles.Tools or Lines => parts with { Catalogue = new(name, text) },
                _ when ToolOf(name) is { } tool => parts.WithProgram(name, tool, text),
                _ => throw new PackageException(
                    name, "whole file", $"a package has no such part; expected {PackageFiles.Tools}, {Lines}, {PackageFiles.Schema}, {PackageFiles.State}, {PackageFiles.Policy}, {PackageFiles.Rules}, {PackageFiles.Intents} or programs/TOOL.js"),
            };
        }

        return parts.Catalogue is not null && parts.Tools is not null
            ? throw new PackageException(Lines, "whole file", $"expected one file of tools, found {PackageFiles.Tools} too")
            : parts;
    }

    private GivenParts WithProgram(string file, string tool, string text)
    {
        ProgramCheck.Check(file, text);
        return this with { Programs = new SortedDictionary<string, string>(Programs, StringComparer.Ordinal) { [tool] = text } };
    }

    private static string? ToolOf(string file) =>
        file.StartsWith("programs/", StringComparison.Ordinal) && file.EndsWith(".js", StringComparison.Ordinal) && file.LastIndexOf('/') == "programs".Length
            ? file["programs/".Length..^".js".Length]
            : null;

    /// <summary>A schema that hangs together, and whose rows hold their keys.</summary>
    /// <exception cref="PackageException">It does not; the message names the place.</exception>
    internal static EnvironmentSchema CheckedSchema(EnvironmentSchema schema)
    {
        PackageCheck.Check(new EnvironmentPackage { Id = "", Name = "", Now = default, Schema = schema, Tools = [], Policy = "", State = [] });
        if (schema.Collections.Index().FirstOrDefault(collection => collection.Item.KeyOutside) is { Item: { } outside } place)
        {
            // Rows and programs that are made hold their key; so do those that others refer to.
            throw new PackageException(PackageFiles.Schema, $"$.collections[{place.Index}].keyOutside", $"expected rows of '{outside.Name}' that hold their key, '{outside.Key}', among their fields");
        }

        return schema;
    }

    private static bool IsEntries(string file, string text)
    {
        using var document = Document(file, text);
        return document.RootElement.ValueKind == JsonValueKind.Array && document.RootElement.GetArrayLength() > 0
            && document.RootElement[0].ValueKind == JsonValueKind.Object && document.RootElement[0].TryGetProperty("spec", out _);
    }

    private static SortedDictionary<string, IReadOnlyList<JsonElement>> ReadRows(string text)
    {
        var rows = new SortedDictionary<string, IReadOnlyList<JsonElement>>(StringComparer.Ordinal);
        using var document = Document(PackageFiles.State, text);
        if (document.RootElement.ValueKind == JsonValueKind.Array)
        {
            foreach (var collection in Parse<IReadOnlyList<RowData>>(PackageFiles.State, text).GroupBy(row => row.Collection, StringComparer.Ordinal))
            {
                rows[collection.Key] = [.. collection.Select(row => row.Row)];
            }

            return rows;
        }

        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new PackageException(PackageFiles.State, "$", "expected an object of collection to rows, or an array of rows as packages have them");
        }

        foreach (var collection in document.RootElement.EnumerateObject())
        {
            rows[collection.Name] = collection.Value.ValueKind == JsonValueKind.Array
                ? [.. collection.Value.EnumerateArray().Select(row => row.Clone())]
                : throw new PackageException(PackageFiles.State, "$." + collection.Name, "expected an array of rows");
        }

        return rows;
    }

    private static JsonDocument Document(string file, string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException e)
        {
            throw Broken(file, "JSON", e);
        }
    }

    private static T Parse<T>(string file, string text)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, ArtifactJson.Options) ?? throw new PackageException(file, "$", "expected a document, found null");
        }
        catch (JsonException e)
        {
            throw Broken(file, typeof(T).Name, e);
        }
    }

    private static PackageException Broken(string file, string expected, JsonException e) =>
        new(file, $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}" + (e.Path is null ? "" : $", {e.Path}"), $"expected {expected}: {e.Message}", e);
}
