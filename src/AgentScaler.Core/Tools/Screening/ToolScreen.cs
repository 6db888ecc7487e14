using System.Text.Json;
using AgentScaler.Tools.Reading;

namespace AgentScaler.Tools.Screening;

/// <summary>Decides on tools one after the other; the first of near-duplicates stays.</summary>
internal sealed class ToolScreen(ToolSettings settings)
{
    /// <summary>Characters a word has on average: scripts without spaces say as much with one.</summary>
    private const int Dense = 3;

    private readonly Dictionary<string, string> kept = new(StringComparer.Ordinal);
    private readonly SimilarTools similar = new();
    private readonly LicenceList licences = new(settings.Licences);

    /// <summary>A callable name and the description that is long enough, or the reason why not.</summary>
    public Judgement Judge(ToolDraft draft)
    {
        var name = draft.NameSources.Select(ToolName.Callable).FirstOrDefault(n => n is not null)
            ?? draft.NameSources.Select(ToolName.Stand).FirstOrDefault(n => n is not null);
        var description = draft.Descriptions.FirstOrDefault(d => Length(d) >= Math.Max(1, settings.MinimumDescription))
            ?? draft.Descriptions.MaxBy(Length)
            ?? "";
        var quality = name is null ? 0 : ToolQuality.Of(draft.OriginalName, description, draft.Parameters, draft.Returns);
        if (Fault(draft, name, description, quality) is { } fault)
        {
            return new Judgement(null, description, quality, fault.Reason, fault.Detail);
        }

        var place = draft.Source.Document[..12] + " " + draft.Source.Place;
        var likeness = Likeness(name!, draft.Parameters);
        var detail = !kept.TryAdd(likeness, place) ? $"same name tokens and parameters as {kept[likeness]}"
            : similar.FindOrAdd(draft.OriginalName, description, draft.Parameters, place) is { } first ? $"same words, but for a twentieth, as {first}"
            : null;
        return detail is null
            ? new Judgement(name, description, quality, "", "")
            : new Judgement(null, description, quality, RejectReason.DuplicateNear, detail);
    }

    private (string Reason, string Detail)? Fault(ToolDraft draft, string? name, string description, double quality)
    {
        if (name is null)
        {
            return (RejectReason.NameUnusable, $"'{ProblemList.Excerpt(draft.OriginalName)}', expected a name that makes 3-64 characters of [a-z0-9_]");
        }

        if (description.Length == 0)
        {
            return (RejectReason.DescriptionMissing, "no description");
        }

        if (Length(description) < settings.MinimumDescription)
        {
            return (RejectReason.DescriptionShort, $"{Length(description)} characters, expected at least {settings.MinimumDescription}");
        }

        if (draft.Fault is { } fault)
        {
            return fault;
        }

        if (draft.ParameterCount > settings.MaximumParameters)
        {
            return (RejectReason.ParametersTooMany, $"{draft.ParameterCount} parameters, expected at most {settings.MaximumParameters}");
        }

        if (settings.RequireReturns && draft.Returns is null && !Verbs.Tell(draft.Method, ToolName.Tokens(draft.OriginalName), description))
        {
            return (RejectReason.ReturnsUnknown, "no result declared, and neither method nor verb tells it");
        }

        if (!licences.Allows(draft.Source.Licence))
        {
            return (RejectReason.LicenceNotAllowed, $"licence '{draft.Source.Licence ?? LicenceList.Unknown}', expected one of {string.Join(", ", settings.Licences)}");
        }

        return quality < settings.MinimumQuality
            ? (RejectReason.QualityLow, FormattableString.Invariant($"quality {quality:0.00}, expected at least {settings.MinimumQuality:0.00}"))
            : null;
    }

    private static int Length(string text) => text.Length + ((Dense - 1) * text.Count(c => c is >= '\u3040' and <= '\u9fff' or >= '\uac00' and <= '\ud7a3'));

    private static string Likeness(string name, JsonElement parameters) =>
        string.Join('_', ToolName.Tokens(name).Order(StringComparer.Ordinal))
        + "\n"
        + string.Join('\n', parameters.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
}
