using System.Text.Json;
using AgentScaler.Datasets;
using AgentScaler.Environments;
using AgentScaler.Environments.Audit;
using AgentScaler.Environments.Packages;
using AgentScaler.Graphs;
using AgentScaler.Json;
using AgentScaler.Storage;
using AgentScaler.Tasks;
using AgentScaler.Tasks.Coverage;

namespace AgentScaler.Reports;

/// <summary>A domain and its environment as a report shows them.</summary>
internal sealed record ReportDomain
{
    private const int FindingsShown = 10;

    public required string Id { get; init; }

    public required string Domain { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required IReadOnlyList<DomainTool> Tools { get; init; }

    public required IReadOnlyList<ToolRejection> ToolsRejected { get; init; }

    /// <summary>Each pair of tools once, with how many parameters it feeds.</summary>
    public required IReadOnlyList<DomainEdge> Edges { get; init; }

    public required IReadOnlyList<DomainCollection> Collections { get; init; }

    public required string Policy { get; init; }

    public required CoverageReport Coverage { get; init; }

    public required SortedDictionary<string, int> TasksDropped { get; init; }

    public int MutantsMade { get; init; }

    public int MutantsNoticed { get; init; }

    public required IReadOnlyList<string> Licences { get; init; }

    /// <summary>Reads what belongs to a judged environment.</summary>
    public static async Task<ReportDomain> ReadAsync(
        IArtifactStore artifacts, Judgement judgement, EnvironmentPackage package, IReadOnlyDictionary<string, string> documents, CancellationToken cancellationToken)
    {
        var outcome = await artifacts.ReadJsonAsync<EnvironmentOutcome>(judgement.Outcome, cancellationToken);
        var audit = await artifacts.ReadJsonAsync<AuditReport>(ArtifactSibling.Of(judgement.Outcome, PackageFiles.Audit), cancellationToken);
        var edges = await artifacts.ReadJsonAsync<IReadOnlyList<DependencyEdge>>(ArtifactSibling.Of(judgement.Outcome, "dependencies.json"), cancellationToken);
        var tasks = await artifacts.ReadJsonAsync<TaskReport>(ArtifactSibling.Of(judgement.Tasks, TaskReport.FileName), cancellationToken);
        return new ReportDomain
        {
            Id = package.Id,
            Domain = outcome.Domain,
            Name = outcome.DomainName,
            Now = package.Now,
            Tools = [.. package.Tools.Select(tool => Describe(tool, audit.Tools.FirstOrDefault(audited => audited.Tool == tool.Name), documents))],
            ToolsRejected = outcome.ToolsRejected,
            Edges = [.. edges.GroupBy(edge => (edge.Producer, edge.Consumer)).Select(pair => new DomainEdge(
                pair.Key.Producer, pair.Key.Consumer, [.. pair.Select(edge => edge.Parameter).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]))],
            Collections = [.. package.Schema.Collections.Select(collection => new DomainCollection(
                collection.Name,
                collection.Key,
                package.State.Count(row => row.Collection == collection.Name),
                [.. collection.Fields.Select(field => new DomainField(field.Name, TypeOf(field.Type), field.Required, field.References, field.Name == collection.Key))]))],
            Policy = package.Policy,
            Coverage = tasks.Coverage,
            TasksDropped = tasks.Dropped,
            MutantsMade = audit.Mutation?.Made ?? 0,
            MutantsNoticed = audit.Mutation?.Noticed ?? 0,
            Licences = judgement.Licences,
        };
    }

    private static DomainTool Describe(PackageTool tool, ToolAudit? audit, IReadOnlyDictionary<string, string> documents)
    {
        var source = tool.Spec.Source;
        return new DomainTool(
            tool.Name,
            tool.Spec.Id,
            tool.Spec.Description,
            tool.Writes,
            EnumWord.Of(tool.Binding.Kind),
            tool.Binding.Collection,
            tool.Spec.Method is null ? null : $"{tool.Spec.Method} {tool.Spec.Path}",
            Parameters(tool),
            documents.GetValueOrDefault(source.Document) ?? source.Provider,
            source.Document,
            source.Place,
            source.Licence,
            audit?.Calls ?? 0,
            audit is null ? [] : [.. audit.Findings.Take(FindingsShown)],
            audit is null ? [] : [.. audit.Rules.Select(rule => new DomainRule(rule.Rule, EnumWord.Of(rule.Verdict), rule.Note))]);
    }

    private static IReadOnlyList<DomainField> Parameters(PackageTool tool) =>
        tool.Spec.Parameters.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            ? [.. properties.EnumerateObject().Select(property => new DomainField(property.Name, TypeOf(property.Value), tool.Required.Contains(property.Name, StringComparer.Ordinal), null, false))]
            : [];

    private static string TypeOf(JsonElement schema) => schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out var type)
        ? type.ValueKind == JsonValueKind.String ? type.GetString()! : type.GetRawText()
        : "any";

    /// <summary>A tool with what the audit says of it.</summary>
    internal sealed record DomainTool(
        string Name,
        string Id,
        string Description,
        bool Writes,
        string Kind,
        string Collection,
        string? Endpoint,
        IReadOnlyList<DomainField> Parameters,
        string Document,
        string DocumentHash,
        string Place,
        string? Licence,
        int Calls,
        IReadOnlyList<AuditFinding> Findings,
        IReadOnlyList<DomainRule> Rules);

    /// <summary>A rule of the policy tried on a tool.</summary>
    internal sealed record DomainRule(string Rule, string Verdict, string Note);

    /// <summary>An edge of the tool graph.</summary>
    internal sealed record DomainEdge(string Producer, string Consumer, IReadOnlyList<string> Parameters);

    /// <summary>A collection of the schema.</summary>
    internal sealed record DomainCollection(string Name, string Key, int Rows, IReadOnlyList<DomainField> Fields);

    /// <summary>A field of a collection, or a parameter.</summary>
    internal sealed record DomainField(string Name, string Type, bool Required, string? References, bool IsKey);
}
