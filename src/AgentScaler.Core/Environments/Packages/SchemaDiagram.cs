using System.Text;
using System.Text.Json;

namespace AgentScaler.Environments.Packages;

/// <summary>A schema as a Mermaid <c>erDiagram</c>: a box a collection, keys and references marked, a line a reference.</summary>
public static class SchemaDiagram
{
    private const int ValuesShown = 6;

    /// <summary>Writes the diagram, without the fence around it.</summary>
    public static string Of(EnvironmentSchema schema)
    {
        var text = new StringBuilder("erDiagram\n");
        foreach (var collection in schema.Collections)
        {
            text.Append("  ").Append(collection.Name).Append(" {\n");
            foreach (var field in collection.Fields)
            {
                text.Append("    ").Append(TypeOf(field.Type)).Append(' ').Append(Word(field.Name));
                var marks = new[] { field.Name == collection.Key ? "PK" : null, field.References is null ? null : "FK" }.OfType<string>().ToArray();
                text.Append(marks.Length > 0 ? " " : "").AppendJoin(", ", marks);
                var notes = Notes(field);
                text.Append(notes.Length > 0 ? $" \"{notes}\"" : "").Append('\n');
            }

            text.Append("  }\n");
        }

        foreach (var collection in schema.Collections)
        {
            foreach (var field in collection.Fields.Where(field => field.References is not null))
            {
                text.Append("  ").Append(field.References).Append(field.Required ? " ||--o{ " : " |o--o{ ").Append(collection.Name).Append(" : ").Append(Word(field.Name)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string TypeOf(JsonElement type) =>
        type.ValueKind == JsonValueKind.Object && type.TryGetProperty("type", out var named) && named.ValueKind == JsonValueKind.String ? Word(named.GetString()!) : "any";

    private static string Notes(FieldSpec field)
    {
        var notes = new List<string>();
        if (field.Type.ValueKind == JsonValueKind.Object && field.Type.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array)
        {
            var shown = string.Join(", ", values.EnumerateArray().Take(ValuesShown).Select(value => value.ToString()));
            notes.Add(values.GetArrayLength() > ValuesShown ? shown + ", ..." : shown);
        }
        else if (field.Type.ValueKind == JsonValueKind.Object && field.Type.TryGetProperty("format", out var format))
        {
            notes.Add(format.ToString());
        }

        notes.AddRange(field.Required ? [] : ["optional"]);
        return string.Join("; ", notes).Replace('"', '\'').Replace('\n', ' ');
    }

    /// <summary>Mermaid takes words of letters, digits, underscores and hyphens that begin with a letter or an underscore.</summary>
    private static string Word(string name)
    {
        var word = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_'));
        return word.Length > 0 && (char.IsAsciiLetter(word[0]) || word[0] == '_') ? word : "_" + word;
    }
}
