using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Environments.Audit;

/// <summary>Values to try for the parameters of a tool: those that rows hold, those a schema lists or bounds, and those it forbids.</summary>
internal sealed class ParameterValues(EnvironmentPackage package, PackageTool tool, EnvironmentSession session)
{
    private const int MostWords = 8;

    private const int MostRows = 14;

    private readonly CollectionSpec collection = package.Schema.Find(tool.Binding.Collection)!;

    /// <summary>The tool's parameters, in document order.</summary>
    public IReadOnlyList<string> Parameters { get; } =
        tool.Spec.Parameters.TryGetProperty("properties", out var properties) ? [.. properties.EnumerateObject().Select(property => property.Name)] : [];

    /// <summary>Rows that between them show every enum value, flag and field, rows that others refer to and rows that none does.</summary>
    public IReadOnlyList<JsonElement> DiverseRows(string name)
    {
        var spec = package.Schema.Find(name)!;
        var holders = package.Schema.Collections.SelectMany(other => other.Fields.Where(field => field.References == name).Select(field => (Rows: other.Name, Field: field.Name))).ToList();
        var held = holders.Select(holder => session.Rows(holder.Rows)
            .Where(row => row.Value.TryGetProperty(holder.Field, out _)).Select(row => StoredKey.Of(row.Value.GetProperty(holder.Field))).ToHashSet(StringComparer.Ordinal)).ToList();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var rows = new List<JsonElement>();
        foreach (var (key, row) in session.Rows(name))
        {
            var traits = spec.Fields.Where(field => FieldSchemas.EnumOf(field.Type).Count > 0 || ResultReader.TypeOf(field.Type) == "boolean")
                .Select(field => $"{field.Name}={(row.TryGetProperty(field.Name, out var value) ? value.GetRawText() : "absent")}")
                .Concat(row.EnumerateObject().Select(property => property.Name + " present"))
                .Concat(held.Select((keys, i) => $"held by {i}: {keys.Contains(key)}"));
            if ((traits.Where(seen.Add).ToList().Count > 0 || rows.Count < 2) && rows.Count < MostRows)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    /// <summary>Values of a parameter that mean something to the rows: held ones, allowed words, small numbers, names of fields.</summary>
    public IEnumerable<JsonNode?> OfRows(string parameter)
    {
        var schema = tool.SchemaOf(parameter)!.Value;
        if (parameter == tool.Binding.KeyParameter)
        {
            return [];
        }

        if (schema.TryGetProperty("enum", out var words) && words.ValueKind == JsonValueKind.Array)
        {
            return words.EnumerateArray().Take(MostWords).Select(Node);
        }

        if (TargetOf(parameter) is { } target)
        {
            return DiverseRows(target.Name).Select(row => KeyFor(schema, row.GetProperty(target.Key)));
        }

        if (ResultReader.TypeOf(schema) == "boolean")
        {
            return [true, false];
        }

        if (parameter == tool.Binding.QueryParameter)
        {
            return Queries();
        }

        if (tool.Binding.Lists?.GetValueOrDefault(parameter) is { } listed)
        {
            return Lists(collection.Fields.First(field => field.Name == listed), schema);
        }

        if (Paging.RoleOf(parameter) == Paging.Role.Cursor && ResultReader.TypeOf(schema) == "string")
        {
            return session.Rows(collection.Name).Select(row => row.Key).Take(3).Select(key => (JsonNode?)key).Append("no-such-page");
        }

        if (FieldOf(parameter) is { } field)
        {
            return Held(field);
        }

        return ResultReader.TypeOf(schema) switch
        {
            "integer" or "number" => [0, 1, 2, 3, 1000],
            "string" when IsFree(parameter) => collection.Fields.Where(field => field.Name != collection.Key).Take(2).SelectMany(field => new JsonNode?[] { field.Name, "-" + field.Name })
                .Concat(["asc", "desc"]),
            _ => [],
        };
    }

    /// <summary>Parameters given together: all that one row answers to, and two that shape a listing.</summary>
    public IEnumerable<IReadOnlyList<(string Parameter, JsonNode? Value)>> Together()
    {
        var bound = tool.Binding.Fields.Where(field => field.Value != collection.Key && field.Key != tool.Binding.KeyParameter && tool.SchemaOf(field.Key) is not null).ToList();
        foreach (var row in session.Rows(collection.Name).Select(row => row.Value).Take(2))
        {
            var all = bound.Where(field => row.TryGetProperty(field.Value, out _)).Select(field => (field.Key, Node(row.GetProperty(field.Value)))).ToList();
            if (all.Count > 1)
            {
                yield return all;
            }
        }

        var free = tool.Binding.Kind is OperationKind.List or OperationKind.Search or OperationKind.Other ? Parameters.Where(IsFree).Take(6).ToList() : [];
        for (var i = 0; i < free.Count; i++)
        {
            for (var j = i + 1; j < free.Count; j++)
            {
                foreach (var pair in Pairs(free[i], free[j]))
                {
                    yield return pair;
                }
            }
        }
    }

    /// <summary>Values that a schema bounds or forbids, each with the reason to try it and in words.</summary>
    public static IEnumerable<(AuditCase Case, JsonNode? Value, string What)> OfSchema(JsonElement schema)
    {
        var type = ResultReader.TypeOf(schema);
        if (schema.TryGetProperty("enum", out _))
        {
            yield return (AuditCase.WrongType, "no-such-word", "a word outside the enum as");
        }

        switch (type)
        {
            case "integer" or "number":
                yield return (AuditCase.WrongType, "many", "text as");
                yield return (AuditCase.Boundary, Number(schema, "minimum", 0) ?? 0, "the least");
                yield return (AuditCase.Boundary, Number(schema, "minimum", -1) ?? -1, "too small a");
                yield return (AuditCase.Boundary, Number(schema, "maximum", 0) ?? 1_000_000, "the largest");
                yield return (AuditCase.Boundary, Number(schema, "maximum", 1) ?? 1_000_001, "too large a");
                break;
            case "string":
                yield return (AuditCase.WrongType, 17, "a number as");
                yield return (AuditCase.Boundary, "", "an empty");
                yield return (AuditCase.Boundary, new string('x', (int)Math.Min(100_000, (long?)Number(schema, "maxLength", 1) ?? 300)), "too long a");
                break;
            case "array":
                yield return (AuditCase.WrongType, "none", "text as");
                yield return (AuditCase.Boundary, new JsonArray(), "an empty");
                break;
            case "object":
                yield return (AuditCase.WrongType, "none", "text as");
                yield return (AuditCase.Boundary, new JsonObject(), "an empty");
                break;
            case "boolean":
                yield return (AuditCase.WrongType, "perhaps", "text as");
                break;
        }
    }

    /// <summary>A key in the type that a parameter takes.</summary>
    public static JsonNode? KeyFor(JsonElement parameter, JsonElement key) =>
        ResultReader.TypeOf(parameter) == "string" && key.ValueKind == JsonValueKind.Number ? key.GetRawText() : Node(key);

    /// <summary>Whether a parameter is no value of a row: it shapes a listing, or only the program knows.</summary>
    private bool IsFree(string parameter) => parameter != tool.Binding.KeyParameter && parameter != tool.Binding.QueryParameter && !tool.Binding.Owners.ContainsKey(parameter)
        && !tool.Binding.Fields.ContainsKey(parameter) && tool.Binding.Lists?.ContainsKey(parameter) != true && FieldOf(parameter) is null && ResultReader.TypeOf(tool.SchemaOf(parameter)!.Value) is "integer" or "string"
        && (Paging.RoleOf(parameter) != Paging.Role.None || tool.Binding.Kind == OperationKind.Other);

    private IEnumerable<IReadOnlyList<(string Parameter, JsonNode? Value)>> Pairs(string first, string second)
    {
        var numbers = (ResultReader.TypeOf(tool.SchemaOf(first)!.Value), ResultReader.TypeOf(tool.SchemaOf(second)!.Value)) is ("integer", "integer");
        if (numbers)
        {
            return new[] { (1, 2), (2, 1), (2, 3), (3, 2) }.Select(pair => new (string, JsonNode?)[] { (first, pair.Item1), (second, pair.Item2) });
        }

        return OfRows(first).Take(3).SelectMany(one => OfRows(second).TakeLast(3).Select(two => new (string, JsonNode?)[] { (first, one), (second, two) }));
    }

    /// <summary>The collection that a parameter's values are keys of, or null.</summary>
    private CollectionSpec? TargetOf(string parameter)
    {
        if ((tool.Binding.Fields.GetValueOrDefault(parameter) ?? tool.Binding.Owners.GetValueOrDefault(parameter)) is { } bound
            && collection.Fields.FirstOrDefault(field => field.Name == bound)?.References is { } target)
        {
            return package.Schema.Find(target);
        }

        return NameReader.EntityNamedBy(parameter) is { } entity ? package.Schema.FindEntity(entity, collection) : null;
    }

    /// <summary>The field that a parameter's values are compared with, or null.</summary>
    private FieldSpec? FieldOf(string parameter)
    {
        var names = collection.Fields.Select(field => field.Name);
        var name = tool.Binding.Fields.GetValueOrDefault(parameter) ?? tool.Binding.Ranges?.GetValueOrDefault(parameter)?.Field ?? tool.Binding.Lists?.GetValueOrDefault(parameter)
            ?? (RangeFilter.Read(parameter) is { } range ? SchemaBuilder.FieldNamed(names, range.Field, collection.Entity) : null)
            ?? SchemaBuilder.FieldNamed(names, parameter, collection.Entity);
        return collection.Fields.FirstOrDefault(field => field.Name == name);
    }

    /// <summary>Values that rows hold as a parameter that takes a list takes them: one, another, and two together.</summary>
    private IEnumerable<JsonNode?> Lists(FieldSpec field, JsonElement schema)
    {
        var held = session.Rows(collection.Name).Where(row => row.Value.TryGetProperty(field.Name, out _)).Select(row => row.Value.GetProperty(field.Name))
            .SelectMany(value => value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : new[] { value }).DistinctBy(value => CanonicalJson.Write(value)).Take(3).ToList();
        return ResultReader.TypeOf(schema) != "array" ? held.Select(Node)
            : held.Select(value => (JsonNode?)new JsonArray(Node(value))).Concat(held.Count > 1 ? [new JsonArray(Node(held[0]), Node(held[1]))] : []);
    }

    /// <summary>The least, a middle and the greatest value that rows hold.</summary>
    private IEnumerable<JsonNode?> Held(FieldSpec field)
    {
        var held = session.Rows(collection.Name).Where(row => row.Value.TryGetProperty(field.Name, out _)).Select(row => row.Value.GetProperty(field.Name))
            .DistinctBy(value => CanonicalJson.Write(value))
            .OrderBy(value => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : 0).ThenBy(value => value.GetRawText(), StringComparer.Ordinal).ToList();
        return held.Count == 0 ? [] : new[] { 0, held.Count / 2, held.Count - 1 }.Distinct().Select(i => Node(held[i]));
    }

    /// <summary>Labels whole, in part and in capitals, and words of other text fields.</summary>
    private IEnumerable<JsonNode?> Queries()
    {
        var rows = session.Rows(collection.Name).Select(row => row.Value).Take(2).ToList();
        foreach (var row in rows)
        {
            foreach (var field in row.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.String && field.Name != collection.Key).Take(6))
            {
                yield return field.Value.GetString()!.Split(' ')[^1];
            }
        }

        if (rows.Count > 0 && CallSampler.LabelOf(collection, rows[0]) is { } label)
        {
            yield return label.ToUpperInvariant();
            yield return label[..((label.Length + 1) / 2)];
        }

        yield return "nothing-is-called-so";
    }

    private static double? Number(JsonElement schema, string keyword, double step) =>
        schema.TryGetProperty(keyword, out var bound) && bound.ValueKind == JsonValueKind.Number && bound.TryGetDouble(out var number) ? number + step : null;

    private static JsonNode? Node(JsonElement value) => JsonNode.Parse(value.GetRawText());
}
