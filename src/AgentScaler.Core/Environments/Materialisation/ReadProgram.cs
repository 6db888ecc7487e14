using System.Text.Json;
using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Writes programs that read: one row by key, rows by filters, rows by a text. Each method returns why there can be none, or null.</summary>
internal sealed class ReadProgram(ProgramText program)
{
    /// <summary>Rows of a page where no parameter says how many.</summary>
    public const int PageSize = 20;

    private ToolDraft Draft => program.Draft;

    private CollectionSpec Collection => program.Collection;

    /// <summary>Reads one row.</summary>
    public string? Get()
    {
        program.FindRow("row");
        program.Return(program.Result.OfRow());
        return null;
    }

    /// <summary>Reads the rows that filters and bounds allow, a page of them if asked.</summary>
    public string? List()
    {
        program.CheckReferences();
        var equals = Draft.Parameters.Any(parameter => program.FieldOf(parameter) is not null);
        if (equals)
        {
            program.Line("const wanted = {};");
        }

        var ranges = new List<string>();
        foreach (var parameter in Draft.Parameters)
        {
            if (program.FieldOf(parameter) is { } field)
            {
                program.Bind(parameter.Name, field);
                program.Line($"if ({ProgramText.Argument(parameter.Name)} !== undefined) {Js.Member("wanted", field.Name)} = {program.Given(parameter.Name)};");
            }
            else if (OneOf(parameter) is { } some)
            {
                ranges.Add(some);
            }
            else if (TimeBound(parameter) is { } bound)
            {
                ranges.Add(bound);
            }
            else if (RangeFilter.Read(parameter.Name) is { } range && program.FieldNamed(range.Field) is { } bounded && Comparable(bounded))
            {
                program.BindRange(parameter.Name, bounded, range.Operator);
                ranges.Add($"({ProgramText.Argument(parameter.Name)} === undefined || {Js.Member("row", bounded.Name)} {range.Operator} {ProgramText.Argument(parameter.Name)})");
            }
        }

        program.Line($"let rows = {program.Rows}.{(equals ? "where(wanted)" : "all()")};");
        if (ranges.Count > 0)
        {
            program.Line($"rows = rows.filter((row) => {string.Join("\n    && ", ranges)});");
        }

        if (NameReader.QueryParameterOf(Draft.Tool) is { } query && program.FieldNamed(query) is null && Texts() is { Count: > 0 } texts)
        {
            program.Query = query;
            program.Line($"if ({ProgramText.Argument(query)} !== undefined) rows = rows.filter((row) => {Holds(texts, query)});");
        }

        return Page();
    }

    /// <summary>
    /// A filter by a list (<c>statuses</c>, <c>ids</c>, <c>with_tags</c>): rows that have one of its values, or all of them where the field is a list itself; null if
    /// the parameter is none.
    /// </summary>
    private string? OneOf(JsonProperty parameter)
    {
        if (Paging.RoleOf(parameter.Name) != Paging.Role.None || FilteredBy(parameter) is not { } field)
        {
            return null;
        }

        program.BindList(parameter.Name, field);
        var argument = ProgramText.Argument(parameter.Name);
        var held = Js.Member("row", field.Name);
        var isList = ResultReader.TypeOf(field.Type) == "array";
        return (ResultReader.TypeOf(parameter.Value), isList) switch
        {
            ("array", true) => $"({argument} === undefined || {argument}.every((item) => ({held} || []).includes(item)))",
            ("array", false) => $"({argument} === undefined || {argument}.includes({held}))",
            _ => $"({argument} === undefined || ({held} || []).includes({argument}))",
        };
    }

    /// <summary>The field that a list of values, or a value of a list, is looked for in; null if there is none of the same kind.</summary>
    private FieldSpec? FilteredBy(JsonProperty parameter)
    {
        var type = ResultReader.TypeOf(parameter.Value);
        var item = type == "array" ? parameter.Value.TryGetProperty("items", out var items) ? ResultReader.TypeOf(items) : null : type;
        var words = Words.Tokens(parameter.Name).SkipWhile(word => word is "with" or "by" or "filter" or "in" or "has" or "include").ToList();
        if (item is not ("string" or "integer" or "number") || words.Count == 0)
        {
            return null;
        }

        var one = string.Join('_', [.. words.SkipLast(1), Words.Singular(words[^1])]);
        var many = string.Join('_', [.. words.SkipLast(1), Words.Plural(Words.Singular(words[^1]))]);
        foreach (var name in (string[])[string.Join('_', words), one, many])
        {
            if (program.FieldNamed(name) is not { } field)
            {
                continue;
            }

            var kind = ResultReader.TypeOf(field.Type);
            if (kind == "array" ? field.Type.TryGetProperty("items", out var inner) && ResultReader.TypeOf(inner) == item : kind == item && type == "array")
            {
                return field;
            }
        }

        return null;
    }

    /// <summary>A bound on the time that rows carry, or null if the parameter is none or rows carry none.</summary>
    private string? TimeBound(JsonProperty parameter)
    {
        if (RangeFilter.OnTime(parameter.Name) is not { } comparison || ResultReader.TypeOf(parameter.Value) != "string" || program.FieldNamed(parameter.Name) is not null
            || (RangeFilter.Read(parameter.Name) is { } range && program.FieldNamed(range.Field) is not null))
        {
            return null;
        }

        var time = TimeOf();
        if (time is not null)
        {
            program.BindRange(parameter.Name, time, comparison);
        }

        // The last day counts whole: what is later on it is no later than the day.
        return time is null ? null
            : $"({ProgramText.Argument(parameter.Name)} === undefined || ({Js.Member("row", time.Name)} !== undefined && {Js.Member("row", time.Name)}.slice(0, {ProgramText.Argument(parameter.Name)}.length) {comparison} {ProgramText.Argument(parameter.Name)}))";
    }

    /// <summary>The field that says when a row came about, or null.</summary>
    private FieldSpec? TimeOf()
    {
        var times = Collection.Fields.Where(field => field.Type.TryGetProperty("format", out var format) && format.GetString() is "date" or "date-time").ToList();
        return times.FirstOrDefault(field => Words.Tokens(field.Name) is ["date"] or ["created", ..] or ["start", ..]) ?? times.FirstOrDefault();
    }

    private List<string> Texts() => Collection.Fields.Where(field => ResultReader.TypeOf(field.Type) == "string" && field.References is null && field.Name != Collection.Key
        && FieldSchemas.EnumOf(field.Type).Count == 0 && !field.Type.TryGetProperty("format", out _)).Select(field => field.Name).ToList();

    private static string Holds(List<string> texts, string query) =>
        $"[{string.Join(", ", texts.Select(field => Js.Member("row", field)))}].some((text) => text !== undefined && env.contains(text, {ProgramText.Argument(query)}))";

    /// <summary>Reads the rows that hold a text.</summary>
    public string? Search()
    {
        var query = NameReader.QueryParameterOf(Draft.Tool)!;
        program.Query = query;
        var texts = Texts();
        if (texts.Count == 0)
        {
            return $"no text field of {Collection.Name} can be searched";
        }

        program.CheckReferences();
        program.Line($"let rows = {program.Rows}.all().filter((row) => {ProgramText.Argument(query)} === undefined || {Holds(texts, query)});");
        foreach (var parameter in Draft.Parameters.Where(parameter => parameter.Name != query))
        {
            if (program.FieldOf(parameter) is { } field)
            {
                program.Bind(parameter.Name, field);
                program.Line($"if ({ProgramText.Argument(parameter.Name)} !== undefined) rows = rows.filter((row) => {Js.Member("row", field.Name)} === {program.Given(parameter.Name)});");
            }
        }

        return Page();
    }

    /// <summary>The one row that is left, the latest where that is asked for.</summary>
    private string? One()
    {
        var words = Words.Tokens(Draft.Tool.OriginalName);
        if (words.Any(word => word is "latest" or "last" or "current" or "newest" or "recent") && TimeOf() is { } time)
        {
            var (a, b) = (Js.Member("a", time.Name), Js.Member("b", time.Name));
            program.Line($"rows = rows.slice().sort((a, b) => env.compare({b}, {a}));");
        }

        program.Line("const row = rows[0];");
        program.Line($"if (row === undefined) throw env.error(\"not_found\", \"there is no such {ProgramText.EntityOf(Collection)}\");");
        program.Return(program.Result.OfRow());
        return null;
    }

    private string? Page()
    {
        if (Draft.Shape.IsOne)
        {
            return One();
        }

        program.Line("const total = rows.length;");
        Sort();
        var cursor = Cursor();
        var limit = Bounded(Paging.Role.Limit, cursor is null ? 0 : 1);
        var offset = Bounded(Paging.Role.Offset, 0);
        var page = Bounded(Paging.Role.Page, 1);
        if (offset is not null)
        {
            program.Line($"if ({offset} !== undefined) rows = rows.slice({offset});");
        }

        if (page is not null)
        {
            var size = limit is null ? $"{PageSize}" : $"({limit} ?? {PageSize})";
            program.Line($"if ({page} !== undefined) rows = rows.slice(({page} - 1) * {size}, {page} * {size});");
        }

        if (cursor is not null)
        {
            program.Result.ShowsNext = true;
            program.Line($"if ({cursor} !== undefined) {{");
            program.Line($"  const at = rows.findIndex((row) => String({Js.Member("row", Collection.Key)}) === {cursor});");
            program.Line($"  if (at < 0) throw env.error(\"invalid_cursor\", \"no page ends at \" + {cursor});");
            program.Line("  rows = rows.slice(at + 1);");
            program.Line("}");
            var size = limit is null ? $"{PageSize}" : $"({limit} ?? {PageSize})";
            program.Line($"const more = rows.length > {size};");
            program.Line($"rows = rows.slice(0, {size});");
        }
        else if (limit is not null)
        {
            program.Line($"if ({limit} !== undefined) rows = rows.slice(0, {limit});");
        }

        program.Return(program.Result.OfRows());
        return null;
    }

    /// <summary>The argument that says where the last page ended, if the result tells that of its own page; else pages could not be followed.</summary>
    private string? Cursor() => Draft.Parameters.FirstOrDefault(parameter => Paging.RoleOf(parameter.Name) == Paging.Role.Cursor && ResultReader.TypeOf(parameter.Value) == "string") is
        { Value.ValueKind: JsonValueKind.Object } parameter && (program.Result.TellsNext || Words.Tokens(parameter.Name) is ["starting", "after"]) ? ProgramText.Argument(parameter.Name) : null;

    /// <summary>The argument of a paging parameter, once it is seen to be no less than it may be; null if the tool takes none.</summary>
    private string? Bounded(Paging.Role role, int least)
    {
        if (ParameterWith(role) is not { } parameter)
        {
            return null;
        }

        var argument = ProgramText.Argument(parameter);
        if (FieldSchemas.Number(Draft.Parameters.First(property => property.Name == parameter).Value, "minimum") >= least)
        {
            return argument;
        }

        program.Line($"if ({argument} !== undefined && {argument} < {least}) throw env.error(\"invalid_value\", {Js.Text($"{parameter} must be at least {least}")});");
        return argument;
    }

    /// <summary>Sorts by the field that an argument names; rows without it come last.</summary>
    private void Sort()
    {
        var sort = Draft.Parameters.FirstOrDefault(parameter => Paging.RoleOf(parameter.Name) == Paging.Role.Sort && ResultReader.TypeOf(parameter.Value) == "string");
        if (sort.Value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        var fields = Collection.Fields.Where(field => ResultReader.TypeOf(field.Type) is "string" or "integer" or "number").Select(field => field.Name).ToList();
        var given = ProgramText.Argument(sort.Name);
        var direction = Draft.Parameters.FirstOrDefault(parameter => Paging.RoleOf(parameter.Name) == Paging.Role.Direction && ResultReader.TypeOf(parameter.Value) == "string");
        var down = direction.Value.ValueKind != JsonValueKind.Object ? "" : $" || String({ProgramText.Argument(direction.Name)}).toLowerCase().startsWith(\"desc\")";
        program.Line($"if ({given} !== undefined) {{");
        program.Line($"  const by = [{string.Join(", ", fields.Select(Js.Text))}].find((field) => [field, \"-\" + field, \"+\" + field, field + \":asc\", field + \":desc\", field + \" asc\", field + \" desc\"].includes({given}));");
        program.Line($"  if (by === undefined) throw env.error(\"invalid_value\", {Js.Text($"{sort.Name} must be one of {string.Join(", ", fields)}, with - in front to sort down")});");
        program.Line($"  const sign = {given}.startsWith(\"-\") || {given}.endsWith(\"desc\"){down} ? -1 : 1;");
        program.Line("  rows = rows.slice().sort((a, b) => a[by] === b[by] ? 0 : a[by] === undefined ? 1 : b[by] === undefined ? -1 : a[by] < b[by] ? -sign : sign);");
        program.Line("}");
    }

    private string? ParameterWith(Paging.Role role) => Draft.Parameters
        .Where(parameter => Paging.RoleOf(parameter.Name) == role && ResultReader.TypeOf(parameter.Value) is "integer" or "number")
        .Select(parameter => parameter.Name).FirstOrDefault();

    private static bool Comparable(FieldSpec field) => ResultReader.TypeOf(field.Type) is "integer" or "number"
        || (ResultReader.TypeOf(field.Type) == "string" && field.Type.TryGetProperty("format", out var format) && format.GetString() is "date" or "date-time");
}
