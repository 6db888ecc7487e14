using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AgentScaler.Json;

namespace AgentScaler.Tasks;

/// <summary>
/// What is left of a task without its values and words: the tools called, which arguments the user says and which come from where, what is asked, what decides, what the initial state adds
/// and how many rows its reads show. Tasks of one skeleton are near-duplicates.
/// </summary>
internal static partial class IntentSkeleton
{
    /// <summary>The skeleton as text; equal for near-duplicates.</summary>
    public static string Of(TaskSpec task)
    {
        var calls = task.Gold.Select(call => $"{call.Tool}({string.Join(',', call.Origins.Select(origin => $"{origin.Parameter}:{origin.Kind}{origin.Step?.ToString(CultureInfo.InvariantCulture)}"))})/{Shape(call.Result)}");
        var requests = task.Requests.Select(request => $"{request.Calls}"
            + string.Concat(request.RequiredOutputs.Select(output => "?" + Position().Replace(output.Path, "#")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            + (request.Condition is { } condition ? $" if {Position().Replace(condition.Path, "#")}={condition.Value} else {condition.Otherwise.Tool}" : "")
            + (request.Abstention is { } abstention ? $" {abstention.Kind} {abstention.Withheld?.Parameter}{abstention.Tempting?.Tool}{abstention.Deed}" : "")
            + (request.Correction is { } correction ? $" not {correction.Parameter}" : ""));
        return string.Join(' ', calls) + "|" + string.Join(' ', requests) + "|" + string.Join(' ', task.InitialChanges.Select(change => change.Collection));
    }

    /// <summary>About how many rows a result shows: none, one, few, many.</summary>
    private static string Shape(string result) => JsonText.Read(result) is not { } value ? "" : ResultPath.Leaves(value).Count(leaf => leaf.Value.ValueKind != JsonValueKind.Null) switch
    {
        0 => "0",
        < 16 => "1",
        < 64 => "2",
        _ => "3",
    };

    [GeneratedRegex(@"(?<=^|\.)\d+(?=\.|$)")]
    private static partial Regex Position();
}
