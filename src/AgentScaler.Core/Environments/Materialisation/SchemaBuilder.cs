using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Environments.Materialisation.Values;
using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>
/// Infers one database schema from all parameters and results of a domain (paper: "generate a database schema from the parameters of all
/// tools in a domain"): a collection per entity, fields from declared rows and from what tools take, references by name.
/// </summary>
internal sealed class SchemaBuilder
{
    /// <summary>Fields of one collection at most; required and plain ones first.</summary>
    private const int MaximumFields = 28;

    private static readonly string[] KeyNames = ["id", "sid", "uuid", "uid", "gid", "key"];

    private static readonly string[] LabelNames =
        ["title", "name", "full_name", "display_name", "friendly_name", "subject", "label", "headline", "summary", "email", "code", "description"];

    /// <summary>The tools of each collection.</summary>
    private readonly SortedDictionary<string, List<ToolDraft>> entities = new(StringComparer.Ordinal);

    private readonly Vendors vendors;

    /// <summary>Starts from the tools that could be read.</summary>
    public SchemaBuilder(IEnumerable<ToolDraft> drafts, Vendors vendors)
    {
        this.vendors = vendors;
        foreach (var draft in drafts)
        {
            if (!entities.TryGetValue(CollectionOf(draft), out var tools))
            {
                entities[CollectionOf(draft)] = tools = [];
            }

            tools.Add(draft);
        }
    }

    /// <summary>Builds the schema.</summary>
    public EnvironmentSchema Build()
    {
        var keys = entities.ToDictionary(collection => collection.Key, collection => KeyOf(collection.Value), StringComparer.Ordinal);
        return new EnvironmentSchema([.. entities.Select(collection => BuildCollection(collection.Key, collection.Value, keys))]);
    }

    /// <summary>The collection that a parameter or field of a tool refers to, its entity matched in full or by its last word; null if it is none of this domain.</summary>
    private string? Referenced(string name, ToolDraft draft)
    {
        if (NameReader.EntityNamedBy(name) is not { } named)
        {
            return null;
        }

        return Held(named, draft) ?? entities.Where(collection => named.EndsWith("_" + collection.Value[0].Operation.Entity, StringComparison.Ordinal))
            .Select(collection => Held(collection.Value[0].Operation.Entity, draft)).FirstOrDefault(collection => collection is not null);
    }

    /// <summary>The collection of an entity's things as a tool's provider has them, by whichever of its names; null if there is none.</summary>
    private string? Held(string entity, ToolDraft draft) => Words.Names(entity).Select(name => vendors.CollectionOf(name, draft.Tool.Source.Provider)).FirstOrDefault(entities.ContainsKey);

    private string CollectionOf(ToolDraft draft) => vendors.CollectionOf(draft.Operation.Entity, draft.Tool.Source.Provider);

    private CollectionSpec BuildCollection(string collection, List<ToolDraft> tools, Dictionary<string, (string Name, string Type, JsonElement Schema)> keys)
    {
        var entity = tools[0].Operation.Entity;
        var (key, keyType, keySchema) = keys[collection];
        var fields = new Dictionary<string, FieldSpec>(StringComparer.Ordinal) { [key] = new FieldSpec(key, keySchema, Required: true) };
        var order = new List<string> { key };
        var again = KeyAgain(tools, entity, key);
        var isDeclaredRow = true;

        void Add(string name, JsonElement schema, bool required, ToolDraft? draft, string? parent = null)
        {
            var target = parent ?? (draft is null ? null : Referenced(name, draft));
            var value = FieldSchemas.Of(schema);
            var type = ResultReader.TypeOf(schema) ?? "string";
            if (target is not null && target != collection && type is "string" or "integer" or "number" && (type == keys[target].Type || keys[target].Type == "integer" || !isDeclaredRow))
            {
                value = FieldSchemas.Key(keys[target].Type);
            }
            else
            {
                target = null;
            }

            if (value is null)
            {
                return;
            }

            if (!fields.TryGetValue(name, out var known))
            {
                order.Add(name);
                fields[name] = new FieldSpec(name, value.Value, required, target);
            }
            else if (name != key)
            {
                var narrower = FieldSchemas.EnumOf(known.Type).Count == 0 && FieldSchemas.EnumOf(value.Value).Count > 0 && known.References is null && ResultReader.TypeOf(known.Type) == type;
                fields[name] = known with { Required = known.Required || required, Type = narrower ? value.Value : known.Type };
            }
        }

        foreach (var draft in tools.OrderBy(draft => draft.Operation.Kind).ThenBy(draft => draft.Tool.Name, StringComparer.Ordinal))
        {
            var required = RequiredOf(draft.Shape.Row);
            foreach (var property in draft.Shape.RowProperties.Where(property => WordsOf(property.Name) != again || ResultReader.TypeOf(property.Value) != keyType))
            {
                Add(property.Name, property.Value, required.Contains(property.Name), draft);
            }
        }

        isDeclaredRow = false;
        foreach (var draft in tools.OrderBy(draft => draft.Operation.Kind).ThenBy(draft => draft.Tool.Name, StringComparer.Ordinal))
        {
            foreach (var (depth, (parameter, parent)) in draft.Operation.Parents.Index())
            {
                if (parameter == draft.Operation.KeyParameter)
                {
                    continue;
                }

                var name = ParentFieldNamed(fields.Keys, parameter, parent, entity, key);
                var taken = draft.Parameters.FirstOrDefault(property => property.Name == parameter).Value;
                var held = Held(parent, draft);
                if (held is not null && !fields.ContainsKey(name))
                {
                    Add(name, FieldSchemas.Key(keys[held].Type), required: true, draft, held);
                }
                else if (held is null && ResultReader.TypeOf(taken) is "string" or "integer")
                {
                    Add(name, taken, required: tools.All(other => other.Operation.Kind != OperationKind.Create || other.Operation.Parents.Any(owner => owner.Key == parameter)), draft);
                }

                // Where a row lies says more of what its field means than the field's name: in /clients/{clientAccountId}/users the client's id is no account's.
                if (held is not null && held != collection && name != key && fields.TryGetValue(name, out var named) && named.References != held
                    && (NameReader.EntityNamedBy(name) is not { } entityNamed || Held(entityNamed, draft) is null) && ResultReader.TypeOf(named.References is null ? named.Type : taken) == keys[held].Type)
                {
                    fields[name] = named with { References = held, Type = FieldSchemas.Key(keys[held].Type) };
                }

                if (fields.TryGetValue(name, out var placed) && Owners.DepthOf(placed.Type) is null)
                {
                    fields[name] = placed with { Type = With(placed.Type, Owners.Keyword, depth) };
                }
            }

            AddParameters(draft, entity, key, fields.Keys, (name, schema, required) => Add(name, schema, required, draft));
        }

        if (tools.All(draft => draft.Shape.Row is not { } row || !ResultReader.Properties(row).Any()))
        {
            foreach (var (name, schema) in Facets.Of(entity, fields.Keys))
            {
                Add(name, schema, required: true, draft: null);
            }
        }

        // A place is there in every row only if whoever makes a row says it.
        var creates = tools.Where(draft => draft.Operation.Kind == OperationKind.Create).ToList();
        foreach (var place in fields.Values.Where(field => field.Required && Owners.DepthOf(field.Type) is not null).ToList())
        {
            fields[place.Name] = place with { Required = creates.All(draft => draft.Required.Any(parameter =>
                draft.Operation.Parents.FirstOrDefault(parent => parent.Key == parameter).Value is { } parent
                    ? ParentFieldNamed(fields.Keys, parameter, parent, entity, key) == place.Name
                    : FieldNamed(fields.Keys, parameter, entity) == place.Name)) };
        }

        var status = StatusPlan.Find(entity, tools, fields.Values);
        if (status is not null)
        {
            if (!fields.ContainsKey(status.Name))
            {
                order.Add(status.Name);
            }

            fields[status.Name] = status;
        }

        var written = tools.Where(draft => draft.Writes).SelectMany(draft => draft.Parameters).Select(parameter => FieldNamed(order, parameter.Name, entity)).ToHashSet();
        var kept = order.Select(name => fields[name]).OrderBy(field => Rank(field, key, written.Contains(field.Name))).Take(MaximumFields).ToList();
        return new CollectionSpec(collection, entity, key, LabelOf(entity, kept, key), [.. order.Select(name => fields[name]).Where(kept.Contains)])
        {
            Vendor = vendors.NameOf(entity, tools[0].Tool.Source.Provider),
        };
    }

    /// <summary>
    /// The other name of a key that is an id, as words: results say <c>Id</c> of what others call the <c>JourneyId</c>. Null where some result shows both, so that they are two things.
    /// </summary>
    private static string? KeyAgain(IEnumerable<ToolDraft> tools, string entity, string key)
    {
        var (plain, full) = ("id", entity + "_id");
        var words = WordsOf(key);
        return (words == plain || words == full) && !tools.Any(draft => draft.Shape.RowProperties.Select(property => WordsOf(property.Name)).ToHashSet(StringComparer.Ordinal).IsSupersetOf([plain, full]))
            ? words == plain ? full : plain
            : null;
    }

    private static string WordsOf(string name) => string.Join('_', Words.Tokens(name));

    private static void AddParameters(
        ToolDraft draft, string entity, string key, IReadOnlyCollection<string> known, Action<string, JsonElement, bool> add)
    {
        if (draft.Operation.Kind is OperationKind.Get or OperationKind.Delete or OperationKind.Search or OperationKind.Status)
        {
            return;
        }

        foreach (var parameter in draft.Parameters.ToList())
        {
            var listing = draft.Operation.Kind == OperationKind.List;
            if (parameter.Name == draft.Operation.KeyParameter || parameter.Name == key
                || draft.Operation.Parents.Any(parent => parent.Key == parameter.Name)
                || (FieldNamed(known, parameter.Name, entity) is not null && (listing || FieldSchemas.EnumOf(parameter.Value).Count < 2))
                || parameter.Value.TryGetProperty("x-boilerplate", out _)
                || Plumbing.Is(parameter.Name, parameter.Value)
                || IsConstant(parameter.Value)
                || (listing && parameter.Name == NameReader.QueryParameterOf(draft.Tool))
                || (listing && (Paging.RoleOf(parameter.Name) != Paging.Role.None || RangeFilter.Read(parameter.Name) is not null || RangeFilter.OnTime(parameter.Name) is not null || !IsScalar(parameter.Value)))
                || (listing && draft.Shape is { Row: not null, IsOne: false } && (!FilterWords.IsAttribute(parameter.Name, parameter.Value) || FieldNamed(known, Words.Plural(parameter.Name), entity) is not null))
                || (draft.Shape.IsOne && !draft.Required.Contains(parameter.Name)))
            {
                continue;
            }

            // What a row may hold is what can be written: a parameter's list of values is its field's.
            add(FieldNamed(known, parameter.Name, entity) ?? parameter.Name, parameter.Value, (draft.Operation.Kind == OperationKind.Create || draft.Shape.IsOne) && draft.Required.Contains(parameter.Name));
        }
    }

    /// <summary>The field that a parameter means: the same name, the same words, or with the entity's name or <c>new</c> in front.</summary>
    public static string? FieldNamed(IEnumerable<string> fields, string parameter, string entity)
    {
        var words = WordsOf(parameter);
        string[] spellings = [words, entity + "_" + words, .. Without("new_"), .. Without(entity + "_")];
        return fields.FirstOrDefault(field => field == parameter)
            ?? fields.FirstOrDefault(field => spellings.Contains(WordsOf(field)));

        IEnumerable<string> Without(string prefix) =>
            words.StartsWith(prefix, StringComparison.Ordinal) && words.Length > prefix.Length ? [words[prefix.Length..]] : [];
    }

    /// <summary>The field that holds what a row belongs to: never its own key, though both may be called <c>id</c>.</summary>
    public static string ParentFieldNamed(IEnumerable<string> fields, string parameter, string parent, string entity, string key)
    {
        var own = FieldNamed([key], parameter, entity) is not null || string.Join('_', Words.Tokens(parameter).TakeWhile(word => !char.IsAsciiDigit(word[0]))) is var words
            && (KeyNames.Contains(words) || words is "name" or "slug" or "code" or "number" or "title");
        var name = own ? parent + "_" + parameter : parameter;
        return FieldNamed(fields.Where(field => field != key), name, entity) ?? name;
    }

    private (string Name, string Type, JsonElement Schema) KeyOf(List<ToolDraft> tools)
    {
        var entity = tools[0].Operation.Entity;
        var collection = CollectionOf(tools[0]);
        var parameter = tools.Where(draft => draft.Operation.KeyParameter is not null)
            .GroupBy(draft => draft.Operation.KeyParameter!, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .FirstOrDefault();
        var taken = parameter is null ? default : parameter.First().Parameters.FirstOrDefault(property => property.Name == parameter.Key).Value;
        var isName = parameter is not null && taken.ValueKind == JsonValueKind.Object && NamesRow(parameter.Key, entity, taken);
        var rows = tools.OrderBy(draft => draft.Operation.Kind).SelectMany(draft => draft.Shape.RowProperties)
            .Where(property => ResultReader.TypeOf(property.Value) is "string" or "integer" or "number").ToList();
        JsonProperty Row(params IReadOnlyList<string> words) => rows.FirstOrDefault(property => words.Contains(WordsOf(property.Name)));
        var row = rows.FirstOrDefault(property => property.Name == parameter?.Key);
        if (isName && row.Value.ValueKind != JsonValueKind.Object)
        {
            // A tool that takes a name finds its row by the row's name, though the row has an id as well.
            var last = Words.Tokens(parameter!.Key)[^1];
            row = Row(KeyForms.IsName(parameter.Key, default) ? [last, entity + "_" + last] : ["name", entity + "_name"]);
        }
        else
        {
            // A tool that takes a projectKey finds its row by the row's key, though the row has an id as well.
            row = row.Value.ValueKind == JsonValueKind.Object || parameter is null ? row : Row(WordsOf(parameter.Key));
            row = row.Value.ValueKind == JsonValueKind.Object || parameter is null || NameReader.EntityNamedBy(parameter.Key) is not { } named || !NameReader.IsSame(named, entity) ? row : Row(Words.Tokens(parameter.Key)[^1]);
            row = row.Value.ValueKind == JsonValueKind.Object ? row : Row(KeyNames);
            row = row.Value.ValueKind == JsonValueKind.Object ? row : Row(tools.Any(draft => draft.Operation.IsLink) ? [entity + "_id"] : [entity + "_id", entity[(entity.LastIndexOf('_') + 1)..] + "_id"]);
        }

        // Where one tool writes ids as numbers and another as text, they are numbers: text can hold them, not the other way round. A UUID is none.
        var isRow = row.Value.ValueKind == JsonValueKind.Object;
        var isUuid = (parameter is not null && KeyForms.IsUuid(parameter.Key, taken)) || (isRow && KeyForms.IsUuid(row.Name, row.Value));
        var counted = !isUuid && (entities.Values.SelectMany(drafts => drafts).Any(draft => draft.Parameters.Any(property => ResultReader.TypeOf(property.Value) is "integer" or "number"
            && (CollectionOf(draft) == collection ? property.Name == draft.Operation.KeyParameter
                : draft.Operation.Parents.Any(parent => parent.Key == property.Name && Held(parent.Value, draft) == collection) || Referenced(property.Name, draft) == collection)))
            || tools.Any(draft => draft.Operation.Kind is OperationKind.List or OperationKind.Search or OperationKind.Create && draft.Shape is { Row: null, Schema: { } plain } && IsNumber(plain)));
        var type = counted || (isRow && ResultReader.TypeOf(row.Value) != "string" && !isUuid) ? "integer" : "string";
        return (isRow ? row.Name : parameter?.Key ?? entity + "_id", type, KeySchema(type, isUuid, isName, isRow ? [row.Value, taken] : [taken]));
    }

    /// <summary>Whether a key parameter takes the thing's name: it says so, or is called as the thing is and speaks of no id.</summary>
    private static bool NamesRow(string parameter, string entity, JsonElement schema) => KeyForms.IsName(parameter, schema)
        || (ResultReader.TypeOf(schema) == "string" && WordsOf(parameter) is var words && (words == entity || entity.EndsWith("_" + words, StringComparison.Ordinal))
            && !KeyForms.IsUuid(parameter, schema)
            && !(schema.TryGetProperty("description", out var text) && text.ValueKind == JsonValueKind.String && Words.Tokens(text.GetString()!).Any(word => word is "id" or "identifier" or "ids")));

    /// <summary>What keys look like: the form that the document gives, and whether they are names.</summary>
    private static JsonElement KeySchema(string type, bool isUuid, bool isName, IReadOnlyList<JsonElement> sources)
    {
        var schema = new JsonObject { ["type"] = type };
        if (type == "string")
        {
            foreach (var source in sources.Select(source => FieldSchemas.Of(source)).OfType<JsonElement>().SelectMany(source => source.EnumerateObject()))
            {
                if (source.Name is SpecTidier.HeededPattern or "examples" or ResourceName.Keyword)
                {
                    schema[source.Name] ??= JsonNode.Parse(source.Value.GetRawText());
                }
                else if (source.Name is "enum" or "maxLength")
                {
                    // Heeded where keys are made, not enforced: the service makes keys of its own.
                    schema["x-" + source.Name] ??= JsonNode.Parse(source.Value.GetRawText());
                }
            }

            schema["format"] = isUuid ? "uuid" : isName ? KeyForms.Name : null;
            if (schema["format"] is null)
            {
                schema.Remove("format");
            }
        }

        return JsonSerializer.SerializeToElement(schema);
    }

    private static JsonElement With(JsonElement schema, string keyword, int value)
    {
        var with = JsonNode.Parse(schema.GetRawText())!.AsObject();
        with[keyword] = value;
        return JsonSerializer.SerializeToElement(with);
    }

    private static string? LabelOf(string entity, List<FieldSpec> fields, string key)
    {
        var texts = fields.Where(field => field.Name != key && field.References is null && Owners.DepthOf(field.Type) is null && ResultReader.TypeOf(field.Type) == "string"
            && FieldSchemas.EnumOf(field.Type).Count == 0 && (!field.Type.TryGetProperty("format", out var format) || format.GetString() == "email")).ToList();
        foreach (var name in LabelNames)
        {
            var match = texts.FirstOrDefault(field => WordsOf(field.Name) is var words && (words == name || words == entity + "_" + name));
            if (match is not null)
            {
                return match.Name;
            }
        }

        return texts.FirstOrDefault(field => Words.Tokens(field.Name)[^1] is "name" or "title")?.Name;
    }

    private static int Rank(FieldSpec field, string key, bool written) =>
        field.Name == key ? 0 : written || field.Required || field.References is not null ? 1 : ResultReader.TypeOf(field.Type) is "object" or "array" ? 3 : 2;

    /// <summary>Whether a result without rows is their keys as numbers: one, or an array of them.</summary>
    private static bool IsNumber(JsonElement plain) => ResultReader.TypeOf(plain) == "integer" || (ResultReader.TypeOf(plain) == "array" && plain.TryGetProperty("items", out var items) && ResultReader.TypeOf(items) == "integer");

    private static bool IsScalar(JsonElement schema) => ResultReader.TypeOf(schema) is "string" or "integer" or "number" or "boolean";

    /// <summary>Whether there is but one value to give: a call's name or version, no fact about a row.</summary>
    private static bool IsConstant(JsonElement schema) => FieldSchemas.EnumOf(schema).Count == 1;

    private static IReadOnlyList<string> RequiredOf(JsonElement? schema) =>
        schema is { } row && row.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array
            ? [.. required.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)]
            : [];
}
