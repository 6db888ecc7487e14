using System.Text.Json.Serialization;

namespace AgentScaler.Environments.Packages;

/// <summary>
/// An executable environment as data (architecture.md): schema, tools with programs, policy, initial state. A folder or archive of
/// <c>manifest.json</c>, <c>schema.json</c>, <c>tools.json</c>, <c>programs/*.js</c>, <c>policy.md</c>, <c>rules.json</c>, <c>intents.json</c>, <c>state.json</c>,
/// <c>audit.json</c>.
/// </summary>
public sealed record EnvironmentPackage
{
    /// <summary>Content-derived id, <c>env-...</c>.</summary>
    public required string Id { get; init; }

    /// <summary>A readable name, e.g. <c>books-loans</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The frozen time inside the environment.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The locales that people and places in new rows are of, as <see cref="EnvironmentSettings.Locales"/> has them; null for <c>en-US</c> alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Locales { get; init; }

    /// <summary>Whether state changes of a call that throws are kept (some benchmark code behaves so); by default nothing changed.</summary>
    public bool KeepChangesOnError { get; init; }

    /// <summary>
    /// Whether arguments reach a program as they are, whatever its schema says (some benchmark code checks nothing); by default the schema is checked first.
    /// </summary>
    public bool PassesAnyArguments { get; init; }

    /// <summary>How its values behave.</summary>
    public ValueRules Values { get; init; }

    /// <summary>Collections, fields, keys, references.</summary>
    public required EnvironmentSchema Schema { get; init; }

    /// <summary>Its tools, sorted by name.</summary>
    public required IReadOnlyList<PackageTool> Tools { get; init; }

    /// <summary>What the agent may do, as Markdown: the agent's system message.</summary>
    public required string Policy { get; init; }

    /// <summary>The rules of the policy that a machine can check, in the order of the text; none where nobody wrote them down.</summary>
    public IReadOnlyList<PolicyRule> Rules { get; init; } = [];

    /// <summary>What users want of it, as a person gave it; the first tasks are made of these. Empty where nobody gave any.</summary>
    public IReadOnlyList<GivenIntent> Intents { get; init; } = [];

    /// <summary>The initial rows, sorted by collection and key; with <see cref="ValueRules.Python"/> in the order programs see them in.</summary>
    public required IReadOnlyList<RowData> State { get; init; }

    /// <summary>The collection of the row that a parameter names: by its key, as an owner, by a reference; null if it names none.</summary>
    internal string? TargetOf(PackageTool tool, string parameter)
    {
        var binding = tool.Binding;
        var target = parameter == binding.KeyParameter ? binding.Collection
            : (binding.Owners.GetValueOrDefault(parameter) ?? binding.Fields.GetValueOrDefault(parameter)) is { } field
                ? Schema.Find(binding.Collection)?.Fields.FirstOrDefault(other => other.Name == field)?.References
            : null;
        return target is not null && Schema.Find(target) is not null ? target : null;
    }
}
