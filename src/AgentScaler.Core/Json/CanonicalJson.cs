using System.Text;
using System.Text.Json;

namespace AgentScaler.Json;

/// <summary>
/// The canonical text of a JSON value (pipeline.md, determinism contract): keys sorted by code point, no white space, numbers in
/// shortest round-trip form, only what JSON demands is escaped, absent and null distinct. Equal values have equal text.
/// </summary>
public static class CanonicalJson
{
    /// <summary>Writes a value in canonical form.</summary>
    public static string Write(JsonElement value, NumberForm form = NumberForm.Loose)
    {
        var writer = CanonicalWriter.Shared();
        writer.Append(value, form);
        return writer.ToString();
    }

    /// <summary>Reads JSON text and writes it in canonical form.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static string Rewrite(string json, NumberForm form = NumberForm.Loose)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 256 });
        return Write(document.RootElement, form);
    }

    /// <summary>Serialises an object with <see cref="ArtifactJson.Options"/> and writes it in canonical form.</summary>
    public static string Serialize<T>(T value) => Write(JsonSerializer.SerializeToElement(value, ArtifactJson.Options));

    /// <summary>Whether two values are equal under one of the two equalities.</summary>
    public static bool AreEqual(JsonElement left, JsonElement right, NumberForm form = NumberForm.Loose) =>
        string.Equals(Write(left, form), Write(right, form), StringComparison.Ordinal);

    /// <summary>Appends a value in canonical form.</summary>
    public static void Append(StringBuilder target, JsonElement value, NumberForm form = NumberForm.Loose) => target.Append(Write(value, form));

    /// <summary>Appends a string literal: <c>"</c>, <c>\</c> and control characters escaped, lone surrogates as <c>\udXXX</c>, all else as it is.</summary>
    public static void AppendString(StringBuilder target, ReadOnlySpan<char> text)
    {
        var writer = CanonicalWriter.Shared();
        writer.AppendString(text);
        target.Append(writer.ToString());
    }

    /// <summary>Orders keys by Unicode code point, which is also the order of their UTF-8 bytes.</summary>
    public static int CompareKeys(string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        for (var i = 0; i < length; i++)
        {
            char a = left[i], b = right[i];
            if (a == b)
            {
                continue;
            }

            // UTF-16 puts surrogates (code points from 0x10000) below 0xE000-0xFFFF; code points put them above.
            return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
        }

        return left.Length.CompareTo(right.Length);
    }
}
