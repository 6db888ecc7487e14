using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Writes programs that read: one row by key, rows by filters, rows by a text. Each method returns why there can be none, or null.</summary>
internal sealed class ReadProgram(ProgramText program)
{
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
        program.Line("const wanted = {};");
        var ranges = new List<string>();
        foreach (var parameter in Draft.Parameters)
        {
            if (program.FieldOf(parameter) is { } field)
            {
                program.Bind(parameter.Name, field);
                program.Line($"if ({ProgramText.Argument(parameter.Name)} !== undefined) {Js.Member("wanted", field.Name)} = {ProgramText.Argument(parameter.Name)};");
            }
            else if (RangeFilter.Read(parameter.Name) is { } range && program.FieldNamed(range.Field) is { } bounded && Comparable(bounded))
            {
                ranges.Add($"({ProgramText.Argument(parameter.Name)} === undefined || {Js.Member("row", bounded.Name)} {range.Operator} {ProgramText.Argument(parameter.Name)})");
            }
        }

        program.Line($"let rows = {program.Rows}.where(wanted);");
        if (ranges.Count > 0)
        {
            program.Line($"rows = rows.filter((row) => {string.Join("\n    && ", ranges)});");
        }

        return Page();
    }

    /// <summary>Reads the rows that hold a text.</summary>
    public string? Search()
    {
        var query = OperationReader.QueryParameterOf(Draft.Tool)!;
        program.Query = query;
        var texts = Collection.Fields.Where(field => ResultReader.TypeOf(field.Type) == "string" && field.References is null && field.Name != Collection.Key
            && FieldSchemas.EnumOf(field.Type).Count == 0 && !field.Type.TryGetProperty("format", out _)).Select(field => field.Name).ToList();
        if (texts.Count == 0)
        {
            return $"no text field of {Collection.Name} can be searched";
        }

        program.CheckReferences();
        program.Line($"let rows = {program.Rows}.all().filter((row) => {ProgramText.Argument(query)} === undefined");
        program.Line($"  || [{string.Join(", ", texts.Select(field => Js.Member("row", field)))}].some((text) => text !== undefined && env.contains(text, {ProgramText.Argument(query)})));");
        foreach (var parameter in Draft.Parameters.Where(parameter => parameter.Name != query))
        {
            if (program.FieldOf(parameter) is { } field)
            {
                program.Bind(parameter.Name, field);
                program.Line($"if ({ProgramText.Argument(parameter.Name)} !== undefined) rows = rows.filter((row) => {Js.Member("row", field.Name)} === {ProgramText.Argument(parameter.Name)});");
            }
        }

        return Page();
    }

    private string? Page()
    {
        program.Line("const total = rows.length;");
        var limit = ParameterWith(Paging.Role.Limit);
        var offset = ParameterWith(Paging.Role.Offset);
        var page = ParameterWith(Paging.Role.Page);
        if (offset is not null)
        {
            program.Line($"if ({ProgramText.Argument(offset)} !== undefined) rows = rows.slice({ProgramText.Argument(offset)});");
        }

        if (page is not null && limit is not null)
        {
            program.Line($"if ({ProgramText.Argument(page)} !== undefined && {ProgramText.Argument(limit)} !== undefined) rows = rows.slice(({ProgramText.Argument(page)} - 1) * {ProgramText.Argument(limit)});");
        }

        if (limit is not null)
        {
            program.Line($"if ({ProgramText.Argument(limit)} !== undefined) rows = rows.slice(0, {ProgramText.Argument(limit)});");
        }

        program.Return(program.Result.OfRows());
        return null;
    }

    private string? ParameterWith(Paging.Role role) => Draft.Parameters
        .Where(parameter => Paging.RoleOf(parameter.Name) == role && ResultReader.TypeOf(parameter.Value) is "integer" or "number")
        .Select(parameter => parameter.Name).FirstOrDefault();

    private static bool Comparable(FieldSpec field) => ResultReader.TypeOf(field.Type) is "integer" or "number"
        || (ResultReader.TypeOf(field.Type) == "string" && field.Type.TryGetProperty("format", out var format) && format.GetString() is "date" or "date-time");
}
