using System.Text;
using AgentScaler.Json;

namespace AgentScaler.Determinism;

/// <summary>Ids derived from content, never drawn: equal content has an equal id, on every machine and in every run.</summary>
public static class ContentId
{
    /// <summary>Hex digits kept of the hash: 80 bits, so a million ids collide with probability under 1e-12.</summary>
    private const int Digits = 20;

    /// <summary>An id such as <c>task-3fa0...</c>: the kind and the leading digits of the hash over kind and parts.</summary>
    /// <param name="kind">What the id names: <c>tool</c>, <c>task</c>, <c>episode</c>, ...</param>
    /// <param name="parts">What makes the thing itself; each is length-delimited, so <c>("a","bc")</c> and <c>("ab","c")</c> differ.</param>
    public static string Of(string kind, params ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder();
        CanonicalJson.AppendString(text, kind);
        foreach (var part in parts)
        {
            CanonicalJson.AppendString(text, part);
        }

        return kind + "-" + Sha256Text.Of(text.ToString())[..Digits];
    }
}
