using System.Text.Json;
using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Writes the expression that turns rows into the result a tool declares.</summary>
internal sealed class ResultWriter(ToolDraft draft, CollectionSpec collection)
{
    private static readonly string[] WentWell = ["ok", "success", "succeeded", "successful", "deleted", "done", "completed"];

    private readonly ResultShape shape = draft.Shape;

    /// <summary>Result property to field, for what of a row the result shows.</summary>
    public SortedDictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>Where in the result the row or the array of rows is; null if nowhere.</summary>
    public string? Path { get; private set; }

    /// <summary>Whether the result tells anything of the rows.</summary>
    public bool ShowsRows { get; private set; }

    /// <summary>Whether a listing goes page by page, so that <c>more</c> says whether there is another.</summary>
    public bool ShowsNext { get; set; }

    /// <summary>Whether the declared result has a place for where a page ends.</summary>
    public bool TellsNext => shape.Schema is { } schema && ResultReader.Properties(schema).Any(IsNext);

    /// <summary>The result for one row in the variable <c>row</c>.</summary>
    public string OfRow()
    {
        if (shape.Row is null)
        {
            return shape.Schema switch
            {
                { } plain when ResultReader.TypeOf(plain) is { } type && type != "object" => OfPlain(plain, type),
                { } word when IsClosed(word) || ResultReader.IsAcknowledgement(word) => Acknowledgement(word),
                _ => Whole(),
            };
        }

        Path = shape.Path;
        var row = Projection(shape.Row.Value);
        return ResultReader.TypeOf(shape.Schema!.Value) == "array" ? $"[{row}]" : shape.Path!.Length == 0 ? row : Wrap(shape.Path, row);
    }

    /// <summary>The result for the rows in the variable <c>rows</c>, of which <c>total</c> matched.</summary>
    public string OfRows()
    {
        if (shape.Row is null)
        {
            if (shape.Schema is { } plain && ResultReader.TypeOf(plain) is { } type && type != "object")
            {
                return OfPlainRows(plain, type);
            }

            if (ResultReader.KeysOf(shape.Schema) is { } keys)
            {
                ShowsRows = true;
                Path = keys;
                Fields[ToolBinding.Itself] = collection.Key;
                return Wrap(keys, $"rows.map((row) => String({Js.Member("row", collection.Key)}))");
            }

            if (shape.Schema is { } declared && (ResultReader.Properties(declared).Any() || IsClosed(declared)))
            {
                return Wrap(null, "");
            }

            Path = collection.Name;
            MapAll();
            return $"{{ {Js.Key(collection.Name)}: rows, total: total }}";
        }

        Path = shape.Path;
        var rows = $"rows.map((row) => ({Projection(shape.Row.Value)}))";
        return shape.Path!.Length == 0 ? rows : Wrap(shape.Path, rows);
    }

    /// <summary>The result of removing the row in the variable <c>row</c>.</summary>
    public string OfDeletion()
    {
        if (shape is { Row: not null, Path.Length: > 0 })
        {
            // What was removed, in an envelope.
            return OfRow();
        }

        if (shape.Schema is not { } schema || !ResultReader.Properties(schema).Any())
        {
            return shape.Schema is { } plain && ResultReader.TypeOf(plain) is "boolean" or "string" or "integer" or "array"
                ? Constant(plain, "deleted")
                : $"{{ deleted: true, {Js.Key(collection.Key)}: {Js.Member("row", collection.Key)} }}";
        }

        var isWord = ResultReader.IsAcknowledgement(schema);
        var parts = new List<string>();
        foreach (var property in ResultReader.Properties(schema))
        {
            var field = isWord || (ResultReader.TypeOf(property.Value) == "boolean" && (property.Name == "deleted" || ResultReader.Acknowledges(property.Name))) ? null : FieldFor(property);
            var value = field is not null ? Js.Member("row", field.Name)
                : ResultReader.TypeOf(property.Value) == "boolean" || IsRequired(schema, property.Name) || property.Name == "message"
                    ? ResultReader.Acknowledges(property.Name) ? Word(property, "deleted") : Constant(property.Value, "deleted")
                : null;
            if (value is not null)
            {
                parts.Add($"{Js.Key(property.Name)}: {value}");
            }
        }

        return $"{{ {string.Join(", ", parts)} }}";
    }

    /// <summary>A constant that fits a schema.</summary>
    public static string Constant(JsonElement schema, string text)
    {
        if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array && values.GetArrayLength() > 0)
        {
            return Js.Literal(values[0]);
        }

        var format = schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("format", out var named) ? named.GetString() : null;
        return ResultReader.TypeOf(schema) switch
        {
            "boolean" => "true",
            "integer" or "number" => schema.TryGetProperty("minimum", out var minimum) && minimum.TryGetDouble(out var least) && least > 0 ? Js.Literal(minimum) : "0",
            "array" => "[]",
            "object" => "{ " + string.Join(", ", ResultReader.Properties(schema).Where(property => IsRequired(schema, property.Name))
                .Select(property => $"{Js.Key(property.Name)}: {Constant(property.Value, text)}")) + " }",
            "null" => "null",
            _ => format switch
            {
                "date-time" => "env.now",
                "date" => "env.now.slice(0, 10)",
                "uri" or "url" => "\"https://example.com/\"",
                "email" => "\"office@example.com\"",
                _ => Js.Text(schema.TryGetProperty("minLength", out var length) && length.TryGetInt32(out var characters) && characters > text.Length ? "not set".PadRight(Math.Min(characters, 256), '.') : text),
            },
        };
    }

    /// <summary>Word that it is done, with the key of what it is done to where a result may have more than it declares.</summary>
    private string Acknowledgement(JsonElement word)
    {
        var parts = ResultReader.Properties(word).Select(property => $"{Js.Key(property.Name)}: {Word(property)}").ToList();
        if (!IsClosed(word))
        {
            Path = "";
            Fields[collection.Key] = collection.Key;
            parts.Add($"{Js.Key(collection.Key)}: {Js.Member("row", collection.Key)}");
        }

        return $"{{ {string.Join(", ", parts)} }}";
    }

    /// <summary>What a property says of a call that went well.</summary>
    /// <param name="said">The text of a property that says in words how it went.</param>
    private static string Word(JsonProperty property, string said = "ok") => string.Join('_', Words.Tokens(property.Name)) switch
    {
        "message" or "msg" or "status" or "detail" when ResultReader.TypeOf(property.Value) == "string" =>
            FieldSchemas.EnumOf(property.Value).FirstOrDefault(word => WentWell.Contains(word, StringComparer.OrdinalIgnoreCase)) is { } word ? Js.Text(word) : Constant(property.Value, said),
        "code" or "status_code" or "status" when ResultReader.TypeOf(property.Value) is "integer" or "number" => Constant(property.Value, "") is "0" ? "200" : Constant(property.Value, ""),
        "error" or "errors" when ResultReader.TypeOf(property.Value) == "boolean" => "false",
        _ => Constant(property.Value, ""),
    };

    /// <summary>A result that is one value: what a row says of that kind, else its key, else a constant.</summary>
    private string OfPlain(JsonElement plain, string type)
    {
        var items = type == "array" && plain.TryGetProperty("items", out var inner) ? inner : plain;
        if ((type == "array" ? ResultReader.TypeOf(items) ?? "string" : type) is var kind && FieldSchemas.EnumOf(items).Count == 0 && ValueOf(items, kind) is { } value)
        {
            ShowsRows = true;
            return type == "array" ? $"[{value}].filter((value) => value !== undefined)" : kind == "string" ? value + " ?? \"\"" : value;
        }

        return Constant(plain, "");
    }

    private string OfPlainRows(JsonElement plain, string type)
    {
        if (type == "integer")
        {
            return Total();
        }

        if (type == "array" && (!plain.TryGetProperty("items", out var items) || FieldSchemas.EnumOf(items).Count == 0)
            && ValueOf(items, items.ValueKind == JsonValueKind.Object ? ResultReader.TypeOf(items) ?? "string" : "string") is { } value)
        {
            ShowsRows = true;
            return $"rows.map((row) => {value}).filter((value) => value !== undefined)";
        }

        return Constant(plain, "");
    }

    /// <summary>What a row gives of a type, as an expression; null if nothing.</summary>
    private string? ValueOf(JsonElement schema, string type)
    {
        var key = collection.Fields.First(field => field.Name == collection.Key);
        var format = schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("format", out var named) ? named.GetString() : null;
        var held = collection.Fields.Where(field => field != key && field.References is null && ResultReader.TypeOf(field.Type) == type && FieldSchemas.EnumOf(field.Type).Count == 0).ToList();
        return type switch
        {
            "string" when format is null or "binary" or "byte" => draft.Writes || draft.ReadsMany ? $"String({Js.Member("row", collection.Label is { } label && draft.ReadsMany ? label : key.Name)})"
                : (held.FirstOrDefault(field => Words.Tokens(field.Name)[^1] is "content" or "body" or "text" or "html" or "value" or "description") ?? held.FirstOrDefault(field => field.Name == collection.Label)) is { } text
                    ? Js.Member("row", text.Name) : null,
            "string" when format is "uri" or "url" => $"{Js.Text($"https://example.com/{collection.Name}/")} + {Js.Member("row", key.Name)}",
            "string" => held.FirstOrDefault(field => field.Type.TryGetProperty("format", out var other) && other.GetString() == format && field.Required) is { } same ? Js.Member("row", same.Name) : null,
            "integer" or "number" when ResultReader.TypeOf(key.Type) == "integer" && (draft.Writes || draft.ReadsMany) => Js.Member("row", key.Name),
            "integer" or "number" or "boolean" => held.FirstOrDefault(field => field.Required) is { } only ? Js.Member("row", only.Name) : null,
            _ => null,
        };
    }

    private string Whole()
    {
        Path = "";
        MapAll();
        return "row";
    }

    private void MapAll()
    {
        ShowsRows = true;
        foreach (var field in collection.Fields)
        {
            Fields[field.Name] = field.Name;
        }
    }

    private string Projection(JsonElement row)
    {
        if (!ResultReader.Properties(row).Any() && !IsClosed(row))
        {
            MapAll();
            return "row";
        }

        var parts = new List<string>();
        foreach (var property in ResultReader.Properties(row))
        {
            if (FieldFor(property) is { } field)
            {
                Fields[property.Name] = field.Name;
                var value = Js.Member("row", field.Name);
                parts.Add($"{Js.Key(property.Name)}: {(IsText(field, property.Value) ? $"({value} === undefined ? undefined : String({value}))" : value)}");
            }
        }

        ShowsRows |= parts.Count > 0;
        if (draft.Writes && !IsClosed(row) && !Fields.ContainsValue(collection.Key) && !ResultReader.Properties(row).Any(property => property.Name == collection.Key))
        {
            // Who makes or changes something is told what it is called.
            Fields[collection.Key] = collection.Key;
            parts.Add($"{Js.Key(collection.Key)}: {Js.Member("row", collection.Key)}");
        }

        return parts.Count == 0 ? "{}" : $"{{ {string.Join(", ", parts)} }}";
    }

    private string Wrap(string? path, string value)
    {
        var parts = new List<string>();
        foreach (var property in ResultReader.Properties(shape.Schema!.Value))
        {
            var words = string.Join('_', Words.Tokens(property.Name));
            var part = property.Name == path ? value
                : words == "done" && ResultReader.TypeOf(property.Value) == "boolean" ? "true"
                : !IsOne && ResultReader.IsCount(property.Name) && ResultReader.TypeOf(property.Value) is "integer" or "number" ? Total()
                : ShowsNext && IsNext(property) ? null
                : ShowsNext && ResultReader.TypeOf(property.Value) == "boolean" && words is "has_more" or "more" or "has_next_page" or "is_truncated" or "truncated" or "has_next" ? "more"
                : !IsRequired(shape.Schema.Value, property.Name) ? null
                : Paging.RoleOf(property.Name) == Paging.Role.Limit ? "rows.length"
                : Paging.RoleOf(property.Name) == Paging.Role.Page ? PageNumber()
                : ResultReader.TypeOf(property.Value) == "boolean" && words.Contains("more", StringComparison.Ordinal) ? "rows.length < total"
                : Word(property);
            if (part is not null)
            {
                parts.Add($"{Js.Key(property.Name)}: {part}");
            }
        }

        foreach (var next in ResultReader.Properties(shape.Schema!.Value).Where(property => ShowsNext && property.Name != path && IsNext(property)))
        {
            // The last page leads nowhere.
            var last = $"String({Js.Member("rows[rows.length - 1]", collection.Key)})";
            parts.Add(IsRequired(shape.Schema.Value, next.Name) ? $"{Js.Key(next.Name)}: more ? {last} : \"\"" : $"...(more ? {{ {Js.Key(next.Name)}: {last} }} : {{}})");
        }

        return $"{{ {string.Join(", ", parts)} }}";
    }

    private static bool IsNext(JsonProperty property) => ResultReader.TypeOf(property.Value) == "string" && Paging.RoleOf(property.Name) == Paging.Role.Cursor;

    private bool IsOne => !draft.ReadsMany || shape.IsOne;

    private string Total()
    {
        ShowsRows = true;
        return "total";
    }

    /// <summary>Whether an object may have no other properties than it declares.</summary>
    private static bool IsClosed(JsonElement schema) => schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.False;

    private string PageNumber() => draft.Parameters.FirstOrDefault(parameter => Paging.RoleOf(parameter.Name) == Paging.Role.Page) is { Value.ValueKind: JsonValueKind.Object } page
        && ResultReader.TypeOf(page.Value) == "integer" ? $"{ProgramText.Argument(page.Name)} ?? 1" : "1";

    /// <summary>Whether an id that rows hold as a number is declared as text.</summary>
    private bool IsText(FieldSpec field, JsonElement declared) => ResultReader.TypeOf(field.Type) == "integer" && ResultReader.TypeOf(declared) == "string"
        && (field.Name == collection.Key || field.References is not null);

    private FieldSpec? FieldFor(JsonProperty property)
    {
        var name = SchemaBuilder.FieldNamed(collection.Fields.Select(field => field.Name), property.Name, collection.Entity);
        var field = collection.Fields.FirstOrDefault(field => field.Name == name);
        return field is not null && ResultReader.TypeOf(field.Type) is var type && (type == ResultReader.TypeOf(property.Value)
            || (type == "integer" && ResultReader.TypeOf(property.Value) == "number") || IsText(field, property.Value)) ? field : null;
    }

    private static bool IsRequired(JsonElement schema, string name) =>
        schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array
        && required.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.String && item.GetString() == name);
}
