using System.Text.RegularExpressions;

namespace AgentScaler.Environments.Audit;

/// <summary>A failure of audits that tools of many environments share.</summary>
/// <param name="Reason">The reason code.</param>
/// <param name="Pattern">What went wrong, without the names and values of the single case.</param>
/// <param name="Tools">How many tools failed so.</param>
/// <param name="Example">One case in full, with its domain.</param>
public sealed partial record CommonFailure(string Reason, string Pattern, int Tools, string Example)
{
    /// <summary>The failures for which tools left their environments, or domains were rejected; the commonest first.</summary>
    public static IReadOnlyList<CommonFailure> Of(IEnumerable<EnvironmentOutcome> outcomes) =>
    [
        .. outcomes.SelectMany(outcome => outcome.ToolsRejected.Where(tool => tool.Reason.StartsWith("audit.", StringComparison.Ordinal)).Select(tool => (outcome.DomainName, Tool: tool)))
            .GroupBy(left => (left.Tool.Reason, Pattern: PatternOf(left.Tool)))
            .Select(group => new CommonFailure(group.Key.Reason, group.Key.Pattern, group.Count(), $"{group.First().DomainName}: {group.First().Tool.Detail}"))
            .OrderByDescending(failure => failure.Tools).ThenBy(failure => failure.Reason, StringComparer.Ordinal).ThenBy(failure => failure.Pattern, StringComparer.Ordinal),
    ];

    private static string PatternOf(ToolRejection left)
    {
        var detail = left.Detail.StartsWith("after ", StringComparison.Ordinal) ? left.Detail["after ".Length..] : left.Detail;
        detail = detail.StartsWith(left.Tool, StringComparison.Ordinal) ? detail[left.Tool.Length..] : detail;
        var end = detail.StartsWith('(') ? detail.IndexOf("}): ", StringComparison.Ordinal) is var closed and >= 0 ? closed + 4 : 0 : detail.IndexOf(": ", StringComparison.Ordinal) is var colon and >= 0 ? colon + 2 : 0;
        return Values().Replace(detail[end..], "*");
    }

    /// <summary>Quoted text, JSON paths, rows and numbers.</summary>
    [GeneratedRegex("""'[^']*'|\$[.\[][^ :]*|[A-Za-z0-9_]+/[^ :]+|(?<=has the )\S+ \S+?(?=")|(?<="[a-z]+":)"[^"]*"(?=\}\})|\b\d+(\.\d+)?\b""")]
    private static partial Regex Values();
}
