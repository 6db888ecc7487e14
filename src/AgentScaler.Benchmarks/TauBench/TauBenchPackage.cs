using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Benchmarks.TauBench;

/// <summary>
/// Makes a domain an environment package: rows, tool descriptions and policy from the data, programs ours. As the authors' code does, it passes arguments
/// unchecked, keeps what a failing call has changed, and follows Python's rules for values.
/// </summary>
public static class TauBenchPackage
{
    private const string Generic = "Generic";

    /// <summary>The time the airline's wiki names; retail has none.</summary>
    private static readonly DateTimeOffset Now = new(2024, 5, 15, 15, 0, 0, TimeSpan.FromHours(-5));

    /// <summary>Reads the data and puts the package together.</summary>
    /// <exception cref="BenchmarkDataException">Data is missing or malformed, or names a tool that has no program.</exception>
    public static EnvironmentPackage Read(TauBenchData data)
    {
        var bytes = data.Folder.ReadBytes("db.json");
        var state = data.Folder.ReadJson("db.json");
        var listed = data.Folder.ReadJson("tools.json");
        var policy = data.Folder.ReadText("wiki.md");
        var rows = data.Domain.Collections.ToDictionary(collection => collection.Name, collection => Rows(data, state, collection.Name), StringComparer.Ordinal);
        var document = Sha256Text.Of(listed.GetRawText());
        var tools = listed.EnumerateArray().Select((tool, i) => Tool(data, tool, i, document)).OrderBy(tool => tool.Name, StringComparer.Ordinal).ToList();
        return new EnvironmentPackage
        {
            Id = ContentId.Of("env", [TauBenchData.Benchmark, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), document, policy, .. tools.Select(tool => tool.Program)]),
            Name = TauBenchData.Benchmark + "-" + data.Domain.Name,
            Now = Now,
            KeepChangesOnError = true,
            PassesAnyArguments = true,
            Values = ValueRules.Python,
            Schema = new EnvironmentSchema([.. data.Domain.Collections
                .Select(collection => new CollectionSpec(
                    collection.Name, collection.Entity, collection.Key, null, FieldsOfRows.Read(rows[collection.Name].Select(row => row.Row)), collection.KeyOutside))]),
            Tools = tools,
            Policy = policy,
            State = [.. data.Domain.Collections.SelectMany(collection => rows[collection.Name])],
        };
    }

    private static List<RowData> Rows(TauBenchData data, JsonElement state, string collection) =>
        state.ValueKind == JsonValueKind.Object && state.TryGetProperty(collection, out var rows) && rows.ValueKind == JsonValueKind.Object
            ? [.. rows.EnumerateObject().Select(row => new RowData(collection, row.Name, row.Value))]
            : throw new BenchmarkDataException(System.IO.Path.Combine(data.Folder.Path, "db.json"), "$." + collection, "expected an object of rows by key");

    private static PackageTool Tool(TauBenchData data, JsonElement tool, int index, string document)
    {
        var place = $"$[{index}].function";
        var file = System.IO.Path.Combine(data.Folder.Path, "tools.json");
        if (!tool.TryGetProperty("function", out var function) || !function.TryGetProperty("name", out var named) || named.GetString() is not { } name
            || !function.TryGetProperty("parameters", out var parameters))
        {
            throw new BenchmarkDataException(file, place, "expected a function with name, description and parameters");
        }

        var program = Program(data.Domain.Name, name) ?? Program(Generic, name)
            ?? throw new BenchmarkDataException(file, place + ".name", $"'{name}' is no tool of {TauBenchData.Benchmark}/{data.Domain.Name}");
        var spec = new ToolSpec
        {
            Id = ContentId.Of("tool", document, name),
            Name = name,
            OriginalName = name,
            Description = function.TryGetProperty("description", out var description) ? description.GetString() ?? "" : "",
            Parameters = parameters,
            Source = new ToolSource(TauBenchData.Benchmark + "/" + data.Domain.Name, document, $"/{index}/function", "openai-tools", "MIT"),
        };
        var binding = data.Domain.Bindings.GetValueOrDefault(name) ?? new ToolBinding { Kind = OperationKind.Other, Collection = "" };
        return new PackageTool(spec, Writes: binding.Kind is OperationKind.Update or OperationKind.Create, program, binding);
    }

    private static string? Program(string folder, string tool)
    {
        var name = char.ToUpperInvariant(folder[0]) + folder[1..] + "/" + tool + ".js";
        using var stream = typeof(TauBenchPackage).Assembly.GetManifestResourceStream("TauBench/" + name);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
