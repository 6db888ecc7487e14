using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Core.Tests.Models;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Core.Tests.Environments.Materialisation.Modelled;

/// <summary>Answers the questions of materialisation rightly, from a package that works: what a good model says.</summary>
internal static class EmbeddedBrain
{
    public static string Schema(EnvironmentPackage package) => CanonicalJson.Serialize(new
    {
        Collections = package.Schema.Collections.Select(collection => new
        {
            collection.Name,
            collection.Entity,
            collection.Key,
            collection.Label,
            Fields = collection.Fields.Select(field => new { field.Name, field.Type, field.Required, field.References }),
        }),
    });

    public static string Program(PackageTool tool, string? program = null)
    {
        var binding = tool.Binding;
        var answer = new JsonObject
        {
            ["program"] = program ?? tool.Program,
            ["writes"] = tool.Writes,
            ["kind"] = EnumWord.Of(binding.Kind),
            ["collection"] = binding.Collection,
            ["keyParameter"] = binding.KeyParameter,
            ["fields"] = Pairs(binding.Fields, "parameter"),
            ["owners"] = Pairs(binding.Owners.Where(owner => !binding.Fields.ContainsKey(owner.Key)), "parameter"),
            ["ranges"] = new JsonArray([.. (binding.Ranges ?? []).Select(range => new JsonObject { ["parameter"] = range.Key, ["field"] = range.Value.Field, ["operator"] = range.Value.Operator })]),
            ["lists"] = Pairs(binding.Lists ?? [], "parameter"),
            ["queryParameter"] = binding.QueryParameter,
            ["joins"] = new JsonArray([.. (binding.Joins ?? []).Select(join => JsonValue.Create(join))]),
            ["status"] = JsonSerializer.SerializeToNode(binding.Status, ArtifactJson.Options),
            ["resultPath"] = binding.ResultPath,
            ["resultFields"] = Pairs(binding.ResultFields, "property"),
        };
        return answer.ToJsonString();
    }

    public static string Policy(EnvironmentPackage package) => CanonicalJson.Serialize(new { package.Rules });

    /// <summary>The tool that a question asks a program for.</summary>
    public static PackageTool ToolOf(Asked question, EnvironmentPackage package) =>
        package.Tools.Single(tool => question.Text.Contains($"\"name\":\"{tool.Name}\",\"parameters\"", StringComparison.Ordinal));

    public static string? Answer(Asked question, EnvironmentPackage package) => question.Name switch
    {
        "environment_schema" => Schema(package),
        "tool_program" => Program(ToolOf(question, package)),
        "environment_policy" => Policy(package),
        _ => null,
    };

    private static JsonArray Pairs(IEnumerable<KeyValuePair<string, string>> pairs, string name) =>
        new([.. pairs.Select(pair => new JsonObject { [name] = pair.Key, ["field"] = pair.Value })]);
}
