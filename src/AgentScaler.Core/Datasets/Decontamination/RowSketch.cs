using System.Text.Json;
using System.Text.RegularExpressions;
using AgentScaler.Episodes;
using AgentScaler.Json;

namespace AgentScaler.Datasets.Decontamination;

/// <summary>
/// A row as far as rows are compared: the set of its telling values, whatever their keys. Telling are names, addresses, codes and long numbers; dates, flags,
/// short words and whole sentences are not.
/// </summary>
internal static partial class RowSketch
{
    /// <summary>An object of more values is a collection of rows.</summary>
    private const int MostValues = 200;

    /// <summary>From how many words a text is a sentence.</summary>
    private const int SentenceWords = 12;

    /// <summary>The telling values of an object and of what is in it, or null if they are fewer than <paramref name="least"/> or more than a row has.</summary>
    public static ulong[]? Values(JsonElement row, int least)
    {
        var values = new HashSet<ulong>();
        if (!Collect(row, values) || values.Count < least)
        {
            return null;
        }

        return WordHash.Set(values);
    }

    private static bool Collect(JsonElement value, HashSet<ulong> values)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    if (!Collect(property.Value, values))
                    {
                        return false;
                    }
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    if (!Collect(item, values))
                    {
                        return false;
                    }
                }

                break;
            case JsonValueKind.String when JsonText.Of(value) is var text && IsTelling(text):
                values.Add(WordHash.Of(string.Join(' ', TextWords.Of(text))));
                break;
            case JsonValueKind.Number when value.GetRawText() is var digits && digits.Count(char.IsAsciiDigit) >= 5:
                values.Add(WordHash.Of(CanonicalJson.Write(value)));
                break;
        }

        return values.Count <= MostValues;
    }

    private static bool IsTelling(string text) =>
        text.Length >= 6 && text.Length <= 200 && (text.Any(char.IsAsciiDigit) || text.AsSpan().Trim().ContainsAny(' ', '@'))
        && !Date().IsMatch(text) && TextWords.Of(text).Count is > 0 and < SentenceWords;

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}([T ][\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$")]
    private static partial Regex Date();
}
