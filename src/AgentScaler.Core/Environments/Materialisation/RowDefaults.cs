using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>What a service fills into a new row of a collection by itself, as JavaScript; <c>values</c> is the row being made.</summary>
internal sealed class RowDefaults(CollectionSpec collection)
{
    /// <summary>The default of a field as an expression; null if it has none.</summary>
    public string? Of(FieldSpec field)
    {
        var values = FieldSchemas.EnumOf(field.Type);
        var words = Words.Tokens(field.Name);
        if (values.Count > 0 && words[^1] is "status" or "state" or "stage")
        {
            return Js.Text(StatusPlan.InitialOf(values));
        }

        if (IsTimeOf(field, "created", "updated", "modified", "opened", "registered", "submitted", "added", "joined", "issued", "requested", "placed", "booked"))
        {
            return Now(field);
        }

        return MadeByServer(field, words) is { } made ? made : !field.Required || field.References is not null ? null
            : ResultReader.TypeOf(field.Type) == "boolean" ? (words.Contains("active") || words.Contains("enabled") || words.Contains("available") ? "true" : "false")
            : ResultWriter.Constant(field.Type, "");
    }

    /// <summary>What a service gives a new row itself: its address, its name among all resources, another id, a first version, counts of nothing yet; null for any other field.</summary>
    private string? MadeByServer(FieldSpec field, IReadOnlyList<string> words)
    {
        var type = ResultReader.TypeOf(field.Type);
        var free = type == "string" && field.References is null && FieldSchemas.EnumOf(field.Type).Count == 0;
        var key = Js.Member("values", collection.Key);
        var own = string.Join('_', words) is var name && name.StartsWith(collection.Entity + "_", StringComparison.Ordinal) ? name[(collection.Entity.Length + 1)..] : name;
        return own switch
        {
            "url" or "uri" or "href" or "self" or "self_link" or "html_url" or "permalink" or "web_url" or "api_url" or "location" when free && (own != "location" || HasFormat(field, "uri", "url")) =>
                $"{Js.Text($"https://example.com/{collection.Name}/")} + {key}",
            "arn" when free => $"{Js.Text($"arn:aws:service:us-east-1:123456789012:{collection.Entity.Replace('_', '-')}/")} + {key}",
            "version" or "revision" when type is "integer" or "number" => ResultWriter.Constant(field.Type, "") is "0" ? "1" : ResultWriter.Constant(field.Type, ""),
            _ when type == "integer" && words is [.., "count"] => ResultWriter.Constant(field.Type, ""),
            _ when free && field.Required && words[^1] is "id" or "uuid" or "guid" or "uid" or "sid" or "number" or "token" or "code" or "key" && !HasFormat(field, "uuid") => $"env.newId({Js.Text(collection.Name)})",
            _ when free && field.Required && field.Name == collection.Label && field.Type.TryGetProperty("maxLength", out _) is false => $"{Js.Text(char.ToUpperInvariant(collection.Entity[0]) + ProgramText.EntityOf(collection)[1..] + " ")} + {key}",
            _ => null,
        };
    }

    private static bool HasFormat(FieldSpec field, params string[] formats) => field.Type.TryGetProperty("format", out var format) && formats.Contains(format.GetString());

    /// <summary>Whether a field is the time of one of these deeds.</summary>
    public static bool IsTimeOf(FieldSpec field, params string[] words) =>
        field.Type.TryGetProperty("format", out var format) && format.GetString() is "date" or "date-time"
        && Words.Tokens(field.Name).Any(token => words.Contains(token));

    /// <summary>The present time in the field's form, as an expression.</summary>
    public static string Now(FieldSpec field) => field.Type.GetProperty("format").GetString() == "date" ? "env.now.slice(0, 10)" : "env.now";
}
