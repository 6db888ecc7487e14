using System.Globalization;
using System.Text.Json;
using AgentScaler.Environments.Engine;
using AgentScaler.Json;

namespace AgentScaler.Environments.Replay;

/// <summary>
/// Differences of states as files record them: <c>[[path, before, after], ...]</c>, a path being a list of keys and places in arrays, <c>{"$absent": true}</c>
/// standing for what is not there.
/// </summary>
public static class RecordedDifferences
{
    private const string Absent = "-";

    /// <summary>What is not as recorded: differences missing, and differences there should not be.</summary>
    /// <exception cref="FormatException">The recorded list is malformed.</exception>
    public static IEnumerable<string> Compare(JsonElement recorded, IReadOnlyList<StateDifference> found)
    {
        var wanted = recorded.ValueKind == JsonValueKind.Array
            ? recorded.EnumerateArray().Select(Text).ToHashSet(StringComparer.Ordinal)
            : throw new FormatException("expected the state's differences as a list");
        var present = found.Select(difference => Text(difference.Path, difference.Before, difference.After)).ToHashSet(StringComparer.Ordinal);
        return wanted.Except(present).Select(text => "state: recorded " + text + ", not found")
            .Concat(present.Except(wanted).Select(text => "state: found " + text + ", not recorded"))
            .Order(StringComparer.Ordinal);
    }

    private static string Text(JsonElement difference)
    {
        if (difference.ValueKind != JsonValueKind.Array || difference.GetArrayLength() != 3 || difference[0].ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("expected each difference of the state as [path, before, after]");
        }

        var path = string.Concat(difference[0].EnumerateArray().Select(part => "/" + part.ToString().Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));
        return Text(path, Present(difference[1]), Present(difference[2]));
    }

    private static JsonElement? Present(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("$absent", out var absent) && absent.ValueKind == JsonValueKind.True ? null : value;

    private static string Text(string path, JsonElement? before, JsonElement? after) =>
        string.Create(CultureInfo.InvariantCulture, $"{path}: {Text(before)} -> {Text(after)}");

    private static string Text(JsonElement? value) => value is { } present ? CanonicalJson.Write(present, NumberForm.Typed) : Absent;
}
