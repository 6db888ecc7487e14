using System.Text;
using System.Text.Json;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Materialisation;

/// <summary>A program being written line by line, with the binding that tells what it does, and the parts that all programs share.</summary>
internal sealed class ProgramText(ToolDraft draft, CollectionSpec collection, EnvironmentSchema schema)
{
    private readonly StringBuilder body = new();
    private readonly SortedDictionary<string, string> bound = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> owners = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> lists = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, RangeBound> ranges = new(StringComparer.Ordinal);

    /// <summary>The tool that the program is for.</summary>
    public ToolDraft Draft => draft;

    /// <summary>Its collection.</summary>
    public CollectionSpec Collection => collection;

    /// <summary>The environment's schema.</summary>
    public EnvironmentSchema Schema => schema;

    /// <summary>Writes the result.</summary>
    public ResultWriter Result { get; } = new(draft, collection);

    /// <summary>The search parameter, once known.</summary>
    public string? Query { get; set; }

    /// <summary>The transition, once known.</summary>
    public StatusChange? Status { get; set; }

    /// <summary>The fields that hold what a link joins, once known.</summary>
    public IReadOnlyList<string>? Joins { get; set; }

    /// <summary>The collection in the program.</summary>
    public string Rows => "db." + collection.Name;

    /// <summary>The program so far.</summary>
    public string Source => $"function {Js.FunctionName(draft.Tool.Name)}(db, args, env) {{\n{body}}}\n";

    /// <summary>What the program does so far.</summary>
    public ToolBinding Binding => new()
    {
        Kind = draft.Operation.Kind,
        Collection = collection.Name,
        KeyParameter = draft.Operation.KeyParameter,
        Fields = bound,
        Owners = owners,
        Lists = lists.Count > 0 ? lists : null,
        Ranges = ranges.Count > 0 ? ranges : null,
        Joins = Joins,
        Upserts = draft.Operation.Upserts,
        QueryParameter = Query,
        Status = Status,
        ResultPath = Result.Path,
        ResultFields = Result.Fields,
    };

    /// <summary>Whether some parameter is bound to a field.</summary>
    public bool Binds => bound.Count > 0;

    /// <summary>Whether some parameter is bound to a field of this name.</summary>
    public bool IsBound(FieldSpec field) => bound.ContainsValue(field.Name);

    /// <summary>Adds a line.</summary>
    public void Line(string text) => body.Append("  ").Append(text).Append('\n');

    /// <summary>Adds the last line.</summary>
    public void Return(string expression) => Line($"return {expression};");

    /// <summary>Records that a parameter holds a field's value.</summary>
    public void Bind(string parameter, FieldSpec field) => bound[parameter] = field.Name;

    /// <summary>Records that a parameter takes a list of a field's values.</summary>
    public void BindList(string parameter, FieldSpec field) => lists[parameter] = field.Name;

    /// <summary>Records that a parameter bounds a field.</summary>
    public void BindRange(string parameter, FieldSpec field, string comparison) => ranges[parameter] = new RangeBound(field.Name, comparison);

    /// <summary>Finds a link by what it joins, in a constant of the given name; false if its collection does not hold both.</summary>
    public bool FindLink(string variable)
    {
        foreach (var (parent, _) in draft.Operation.Parents)
        {
            if (FieldNamed(parent) is not { } field)
            {
                return false;
            }

            owners[parent] = field.Name;
        }

        Line($"const {variable} = {Rows}.where({{ {string.Join(", ", owners.Select(owner => $"{Js.Key(owner.Value)}: {Given(owner.Key)}"))} }})[0];");
        Line($"if ({variable} === undefined) throw env.error(\"not_found\", \"there is no such {EntityOf(collection)}\");");
        return true;
    }

    /// <summary>Finds the row by its key, and sees that it belongs where the path says, in a constant of the given name.</summary>
    /// <param name="mayBeNone">Whether it is fine if no row has the key.</param>
    public void FindRow(string variable, bool mayBeNone = false)
    {
        foreach (var (parent, _) in draft.Operation.Parents)
        {
            if (parent != draft.Operation.KeyParameter && FieldNamed(parent) is { } field)
            {
                owners[parent] = field.Name;
            }
        }

        var misplaced = string.Concat(owners.Select(owner => $" || {Js.Member(variable, owner.Value)} !== {Given(owner.Key)}"));
        Line($"const {variable} = {Rows}.get({KeyArgument()});");
        var missing = !mayBeNone ? $"{variable} === undefined{misplaced}" : misplaced.Length == 0 ? null : $"{variable} !== undefined && ({misplaced[4..]})";
        if (missing is null)
        {
            return;
        }

        Line($"if ({missing}) throw env.error(\"not_found\", \"no {EntityOf(collection)} has the {collection.Key} \" + {KeyArgument()});");
    }

    /// <summary>Sees that every reference given exists.</summary>
    public void CheckReferences()
    {
        foreach (var parameter in draft.Parameters)
        {
            if (parameter.Name == draft.Operation.KeyParameter || FieldOf(parameter) is not { References: { } target } || schema.Find(target) is not { } other)
            {
                continue;
            }

            Line($"if ({Argument(parameter.Name)} !== undefined && db.{other.Name}.get({Given(parameter.Name)}) === undefined) throw env.error({Js.Text(draft.Writes && !IsParent(parameter.Name) ? "invalid_reference" : "not_found")}, \"no {EntityOf(other)} has the {other.Key} \" + {Argument(parameter.Name)});");
        }
    }

    /// <summary>The field whose value a parameter holds, or null if it is none, or has another type or none of the field's values.</summary>
    public FieldSpec? FieldOf(JsonProperty parameter)
    {
        if (parameter.Name == draft.Operation.KeyParameter || (Paging.RoleOf(parameter.Name) != Paging.Role.None && draft.ReadsMany))
        {
            return null;
        }

        var field = FieldNamed(parameter.Name);
        var type = ResultReader.TypeOf(parameter.Value);
        var identifies = field is not null && (field.References is not null || field.Name == collection.Key || IsParent(parameter.Name));
        if (field is null || (ResultReader.TypeOf(field.Type) != type && !(ResultReader.TypeOf(field.Type) == "number" && type == "integer")
            && !(identifies && type is "string" or "integer" or "number")))
        {
            return null;
        }

        var (given, held) = (FieldSchemas.EnumOf(parameter.Value), FieldSchemas.EnumOf(field.Type));
        return given.Count == 0 || held.Count == 0 || given.Any(held.Contains) ? field : null;
    }

    /// <summary>The field of a name, spelt as parameters spell it.</summary>
    public FieldSpec? FieldNamed(string parameter)
    {
        var parent = draft.Operation.Parents.FirstOrDefault(parent => parent.Key == parameter).Value;
        var names = collection.Fields.Select(field => field.Name);
        var name = parent is null
            ? SchemaBuilder.FieldNamed(names, parameter, collection.Entity)
            : SchemaBuilder.ParentFieldNamed(names, parameter, parent, collection.Entity, collection.Key);
        return collection.Fields.FirstOrDefault(field => field.Name == name);
    }

    /// <summary>The key argument, in the type that keys have.</summary>
    public string KeyArgument() => Converted(draft.Operation.KeyParameter!, collection.Fields.First(field => field.Name == collection.Key));

    /// <summary>An argument in the type of the field whose value it is: documents write one id as text here and as a number there.</summary>
    public string Given(string parameter) => FieldNamed(parameter) is { } field && (field.References is not null || field.Name == collection.Key || IsParent(parameter)) ? Converted(parameter, field) : Argument(parameter);

    private string Converted(string parameter, FieldSpec field)
    {
        var given = draft.Parameters.First(property => property.Name == parameter).Value;
        return (ResultReader.TypeOf(field.Type), ResultReader.TypeOf(given)) switch
        {
            ("string", "integer" or "number") => $"String({Argument(parameter)})",

            // What is no whole number names no row; no row has the key -1.
            ("integer", "string") => $"(Number.isSafeInteger(Number({Argument(parameter)})) ? Number({Argument(parameter)}) : -1)",
            _ => Argument(parameter),
        };
    }

    /// <summary>Whether a parameter only says where the row belongs.</summary>
    public bool IsParent(string parameter) => draft.Operation.Parents.Any(parent => parent.Key == parameter);

    /// <summary>An entity in words.</summary>
    public static string EntityOf(CollectionSpec named) => named.Noun.Replace('_', ' ');

    /// <summary>An argument in the program.</summary>
    public static string Argument(string name) => Js.Member("args", name);
}
