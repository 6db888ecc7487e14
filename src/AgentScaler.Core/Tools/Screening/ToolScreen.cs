using System.Text.Json;
using AgentScaler.Tools.Reading;

namespace AgentScaler.Tools.Screening;

/// <summary>Decides on tools one after the other; the first of near-duplicates stays.</summary>
internal sealed class ToolScreen(ToolSettings settings)
{
    private readonly Dictionary<string, string> kept = new(StringComparer.Ordinal);

    /// <summary>A callable name and the description that is long enough, or the reason why not.</summary>
    public Judgement Judge(ToolDraft draft)
    {
        var name = draft.NameSources.Select(ToolName.Callable).FirstOrDefault(n => n is not null);
        var description = draft.Descriptions.FirstOrDefault(d => d.Length >= Math.Max(1, settings.MinimumDescription))
            ?? draft.Descriptions.MaxBy(d => d.Length)
            ?? "";
        if (Fault(draft, name, description) is { } fault)
        {
            return new Judgement(null, description, fault.Reason, fault.Detail);
        }

        var place = draft.Source.Document[..12] + " " + draft.Source.Place;
        var likeness = Likeness(name!, draft.Parameters);
        return kept.TryAdd(likeness, place)
            ? new Judgement(name, description, "", "")
            : new Judgement(null, description, RejectReason.DuplicateNear, $"same name tokens and parameters as {kept[likeness]}");
    }

    private (string Reason, string Detail)? Fault(ToolDraft draft, string? name, string description)
    {
        if (name is null)
        {
            return (RejectReason.NameUnusable, $"'{ProblemList.Excerpt(draft.OriginalName)}', expected a name that makes 3-64 characters of [a-z0-9_]");
        }

        if (description.Length == 0)
        {
            return (RejectReason.DescriptionMissing, "no description");
        }

        if (description.Length < settings.MinimumDescription)
        {
            return (RejectReason.DescriptionShort, $"{description.Length} characters, expected at least {settings.MinimumDescription}");
        }

        if (draft.Fault is { } fault)
        {
            return fault;
        }

        if (draft.ParameterCount > settings.MaximumParameters)
        {
            return (RejectReason.ParametersTooMany, $"{draft.ParameterCount} parameters, expected at most {settings.MaximumParameters}");
        }

        return settings.RequireReturns && draft.Returns is null && !Verbs.Tell(draft.Method, ToolName.Tokens(draft.OriginalName), description)
            ? (RejectReason.ReturnsUnknown, "no result declared, and neither method nor verb tells it")
            : null;
    }

    private static string Likeness(string name, JsonElement parameters) =>
        string.Join('_', ToolName.Tokens(name).Order(StringComparer.Ordinal))
        + "\n"
        + string.Join('\n', parameters.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
}
