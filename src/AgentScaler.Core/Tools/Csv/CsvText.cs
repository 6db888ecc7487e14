using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AgentScaler.Tools.Python;
using AgentScaler.Tools.Reading;

namespace AgentScaler.Tools.Csv;

/// <summary>
/// Turns CSV (RFC 4180: commas, quoted cells, a row of names first) into JSON, one object a row. A cell that holds Python assignments
/// (<c>description = "..."</c>) adds a member for each.
/// </summary>
internal static class CsvText
{
    public static ReadOnlyMemory<byte> ToJson(ReadOnlyMemory<byte> csv, ProblemList problems)
    {
        var json = new ArrayBufferWriter<byte>(csv.Length + 256);
        using var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        List<string>? names = null;
        foreach (var (row, number) in Rows(Encoding.UTF8.GetString(csv.Span)))
        {
            if (names is null)
            {
                names = [.. row.Select(name => name.Trim())];
                continue;
            }

            if (row.Count != names.Count)
            {
                problems.Add("csv.row", FormattableString.Invariant($"row {number}"), $"{row.Count} cells", $"{names.Count}, as the first row names; the row is read as far as it goes");
            }

            Write(writer, names, row);
            json.Write("\n"u8);
        }

        return json.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter writer, List<string> names, List<string> row)
    {
        var members = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var assigned = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        for (var i = 0; i < Math.Min(names.Count, row.Count); i++)
        {
            members.TryAdd(names[i], row[i]);
            foreach (var (name, value) in PythonLiteral.Assignments(row[i]))
            {
                assigned[name] = value;
            }
        }

        writer.WriteStartObject();
        foreach (var (name, cell) in members.Where(member => !assigned.ContainsKey(member.Key)))
        {
            writer.WriteString(name, cell);
        }

        foreach (var (name, value) in assigned)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.Flush();
        writer.Reset();
    }

    /// <summary>The rows with their numbers, the row of names being the first; blank ones are passed over.</summary>
    private static IEnumerable<(List<string> Cells, int Number)> Rows(string text)
    {
        var number = 0;
        for (var at = 0; at < text.Length;)
        {
            var row = new List<string>();
            bool more;
            do
            {
                row.Add(Cell(text, ref at, out more));
            }
            while (more);
            number++;
            if (row.Count > 1 || row[0].Length > 0)
            {
                yield return (row, number);
            }
        }
    }

    /// <summary>Reads one cell; <paramref name="more"/> tells whether the row goes on.</summary>
    private static string Cell(string text, ref int at, out bool more)
    {
        var cell = new StringBuilder();
        if (at < text.Length && text[at] == '"')
        {
            for (at++; at < text.Length; at++)
            {
                if (text[at] == '"' && (at + 1 == text.Length || text[at + 1] != '"'))
                {
                    at++;
                    break;
                }

                at += text[at] == '"' ? 1 : 0;
                cell.Append(text[at]);
            }
        }

        var end = text.AsSpan(at).IndexOfAny(',', '\r', '\n') is var next && next < 0 ? text.Length : at + next;
        cell.Append(text, at, end - at);
        more = end < text.Length && text[end] == ',';
        at = more ? end + 1 : end;
        if (!more && at < text.Length)
        {
            at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
        }

        return cell.ToString();
    }
}
