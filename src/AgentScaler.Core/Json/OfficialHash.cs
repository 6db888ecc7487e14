using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AgentScaler.Json;

/// <summary>State hashes as the benchmarks compute them: the second of the two equalities, used only where official scores are reproduced.</summary>
public static class OfficialHash
{
    /// <summary>
    /// tau-bench's <c>consistent_hash(to_hashable(data))</c>: SHA-256 of Python's <c>str()</c> of the value with objects as tuples of (key, value) sorted by
    /// key and arrays as tuples (<c>tau_bench/envs/base.py</c>). 10 and 10.0 differ; the order of arrays matters.
    /// </summary>
    /// <returns>64 hexadecimal digits.</returns>
    public static string TauBench(JsonElement value)
    {
        // str() of a text is the text itself; inside a tuple it is its repr.
        var text = value.ValueKind == JsonValueKind.String ? JsonText.Of(value) : TauBenchText(value);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The text of a value within that hash's text.</summary>
    public static string TauBenchText(JsonElement value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                AppendObject(text, value);
                break;
            case JsonValueKind.Array:
                AppendTuple(text, value.EnumerateArray().ToArray(), Append);
                break;
            case JsonValueKind.String:
                PythonText.AppendRepr(text, JsonText.Of(value));
                break;
            case JsonValueKind.Number:
                PythonText.AppendNumber(text, Encoding.ASCII.GetString(JsonMarshal.GetRawUtf8Value(value)));
                break;
            case JsonValueKind.True:
                text.Append("True");
                break;
            case JsonValueKind.False:
                text.Append("False");
                break;
            default:
                text.Append("None");
                break;
        }
    }

    private static void AppendObject(StringBuilder text, JsonElement value)
    {
        var last = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            last[JsonText.NameOf(property)] = property.Value;
        }

        var names = last.Keys.ToArray();
        Array.Sort(names, CanonicalJson.CompareKeys);
        AppendTuple(text, names, (target, name) =>
        {
            target.Append('(');
            PythonText.AppendRepr(target, name);
            target.Append(", ");
            Append(target, last[name]);
            target.Append(')');
        });
    }

    private static void AppendTuple<T>(StringBuilder text, T[] items, Action<StringBuilder, T> append)
    {
        text.Append('(');
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0)
            {
                text.Append(", ");
            }

            append(text, items[i]);
        }

        // A tuple of one is written with a comma.
        text.Append(items.Length == 1 ? ",)" : ")");
    }
}
