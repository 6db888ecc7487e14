using System.Text.Json;
using AgentScaler.Environments.Materialisation.Values;
using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Writes programs that change a collection. Each method returns why there can be none, or null.</summary>
internal sealed class WriteProgram(ProgramText program)
{
    private readonly RowDefaults defaults = new(program.Collection);

    private ToolDraft Draft => program.Draft;

    private CollectionSpec Collection => program.Collection;

    /// <summary>Adds a row: what is given, defaults for the rest.</summary>
    public string? Create()
    {
        program.CheckReferences();
        CheckValues();
        var keyParameter = Draft.Parameters.Select(parameter => parameter.Name)
            .FirstOrDefault(name => !program.IsParent(name) && SchemaBuilder.FieldNamed([Collection.Key], name, Collection.Entity) is not null);
        if (keyParameter is not null && Draft.Required.Contains(keyParameter))
        {
            program.Bind(keyParameter, Collection.Fields.First(field => field.Name == Collection.Key));
            CheckKey(keyParameter, "");
            Line($"if ({program.Rows}.get({program.Given(keyParameter)}) !== undefined) throw env.error(\"conflict\", \"a {ProgramText.EntityOf(Collection)} with the {Collection.Key} \" + {ProgramText.Argument(keyParameter)} + \" already exists\");");
            Line($"const values = {{ {Js.Key(Collection.Key)}: {program.Given(keyParameter)} }};");
        }
        else
        {
            Line($"const values = {{ {Js.Key(Collection.Key)}: env.newId({Js.Text(Collection.Name)}) }};");
        }

        var given = new HashSet<string>(StringComparer.Ordinal) { Collection.Key };
        foreach (var parameter in Draft.Parameters)
        {
            if (program.FieldOf(parameter) is not { } field || !given.Add(field.Name))
            {
                continue;
            }

            program.Bind(parameter.Name, field);
            var assign = $"{Js.Member("values", field.Name)} = {Stored(parameter, field, null)};";
            Line(Draft.Required.Contains(parameter.Name) ? assign
                : defaults.Of(field) is { } value ? $"{Js.Member("values", field.Name)} = {ProgramText.Argument(parameter.Name)} !== undefined ? {Stored(parameter, field, null)} : {value};"
                : $"if ({ProgramText.Argument(parameter.Name)} !== undefined) {assign}");
        }

        foreach (var field in Collection.Fields.Where(field => !given.Contains(field.Name)))
        {
            if (defaults.Of(field) is { } value)
            {
                Line($"{Js.Member("values", field.Name)} = {value};");
            }
        }

        foreach (var field in UniqueFields.Of(Collection).Where(field => given.Contains(field.Name)))
        {
            var value = Js.Member("values", field.Name);
            Line($"if ({value} !== undefined && {program.Rows}.where({{ {Js.Key(field.Name)}: {value} }}).length > 0) throw env.error(\"conflict\", \"a {ProgramText.EntityOf(Collection)} with the {field.Name} \" + {value} + \" already exists\");");
        }

        if (Draft.Operation.IsLink && Joined() is { Count: > 1 } joined)
        {
            program.Joins = joined;
            Line($"if ({program.Rows}.where({{ {string.Join(", ", joined.Select(name => $"{Js.Key(name)}: {Js.Member("values", name)}"))} }}).length > 0) throw env.error(\"conflict\", \"there is such a {ProgramText.EntityOf(Collection)} already\");");
        }

        Line($"const row = {program.Rows}.insert(values);");
        Count(Collection, "row", 1);
        return Done(program.Result.OfRow());
    }

    /// <summary>Changes what is given of a row; where a change may make the row, makes it of what is given and defaults.</summary>
    public string? Update()
    {
        program.FindRow("found", mayBeNone: Draft.Operation.Upserts);
        program.CheckReferences();
        CheckValues();
        if (Draft.Operation.Upserts)
        {
            Make();
        }

        Line("const changes = {};");
        foreach (var parameter in Draft.Parameters)
        {
            if (parameter.Name != Draft.Operation.KeyParameter && program.FieldOf(parameter) is { } field && field.Name != Collection.Key && !program.IsParent(parameter.Name))
            {
                program.Bind(parameter.Name, field);
                Line($"if ({ProgramText.Argument(parameter.Name)} !== undefined) {Js.Member("changes", field.Name)} = {Stored(parameter, field, "found")};");
            }
        }

        if (!program.Binds)
        {
            return "it takes no value to change";
        }

        if (!program.Binding.Fields.Keys.Any(Draft.Required.Contains))
        {
            Line("if (Object.keys(changes).length === 0) throw env.error(\"nothing_to_change\", \"give at least one value to change\");");
        }

        Touch("changes");
        Line($"const row = {program.Rows}.update({program.KeyArgument()}, changes);");
        CountMoves();
        return Done(program.Result.OfRow());
    }

    /// <summary>Makes the row that a change does not find.</summary>
    private void Make()
    {
        Line("if (found === undefined) {");
        CheckKey(Draft.Operation.KeyParameter!, "  ");
        Line($"  const values = {{ {Js.Key(Collection.Key)}: {program.KeyArgument()} }};");
        var given = new HashSet<string>(StringComparer.Ordinal) { Collection.Key };
        foreach (var parameter in Draft.Parameters)
        {
            if (parameter.Name != Draft.Operation.KeyParameter && program.FieldOf(parameter) is { } field && field.Name != Collection.Key && given.Add(field.Name))
            {
                var value = Js.Member("values", field.Name);
                Line($"  if ({ProgramText.Argument(parameter.Name)} !== undefined) {value} = {Stored(parameter, field, null)};{(defaults.Of(field) is { } otherwise ? $" else {value} = {otherwise};" : "")}");
            }
        }

        foreach (var field in Collection.Fields.Where(field => !given.Contains(field.Name)))
        {
            if (defaults.Of(field) is { } value)
            {
                Line($"  {Js.Member("values", field.Name)} = {value};");
            }
        }

        Line($"  const row = {program.Rows}.insert(values);");
        Count(Collection, "row", 1, "  ");
        Line($"  return {program.Result.OfRow()};");
        Line("}");
    }

    /// <summary>Refuses the empty text as a key.</summary>
    private void CheckKey(string parameter, string indent)
    {
        if (ResultReader.TypeOf(Draft.Parameters.First(property => property.Name == parameter).Value) == "string")
        {
            Line($"{indent}if ({ProgramText.Argument(parameter)} === \"\") throw env.error(\"invalid_value\", {Js.Text($"{parameter} must not be empty")});");
        }
    }

    /// <summary>The fields that hold what a link joins.</summary>
    private List<string> Joined() => [.. Draft.Parameters.Where(parameter => Draft.Required.Contains(parameter.Name) && NameReader.EntityNamedBy(parameter.Name) is not null)
        .Select(parameter => program.FieldOf(parameter)?.Name).OfType<string>().Where(name => name != Collection.Key).Distinct(StringComparer.Ordinal)];

    /// <summary>Keeps the counts that other rows hold of rows like this one.</summary>
    /// <param name="of">Of which collection the row is.</param>
    /// <param name="row">The row that came or went.</param>
    /// <param name="by">1 where it came, -1 where it went.</param>
    private void Count(CollectionSpec of, string row, int by, string indent = "")
    {
        foreach (var count in ReferenceCounts.Of(program.Schema).Where(count => count.Counted == of && count.Keeper != of && Coherence.IsFree(count.Field.Type)))
        {
            Line($"{indent}{Counted(count, Js.Member(row, count.By), by)}");
        }
    }

    /// <summary>Keeps the counts of what a row belonged to and now belongs to.</summary>
    private void CountMoves()
    {
        foreach (var count in ReferenceCounts.Of(program.Schema).Where(count => count.Counted == Collection && count.Keeper != Collection && Coherence.IsFree(count.Field.Type)
            && Collection.Fields.FirstOrDefault(field => field.Name == count.By) is { } by && program.IsBound(by)))
        {
            Line($"if ({Js.Member("row", count.By)} !== {Js.Member("found", count.By)}) {{");
            Line($"  {Counted(count, Js.Member("found", count.By), -1)}");
            Line($"  {Counted(count, Js.Member("row", count.By), 1)}");
            Line("}");
        }
    }

    private static string Counted((CollectionSpec Keeper, FieldSpec Field, CollectionSpec Counted, string By) count, string key, int by)
    {
        var keeper = $"db.{count.Keeper.Name}";
        var held = Js.Member($"{keeper}.get({key})", count.Field.Name);
        return $"if ({key} !== undefined && {keeper}.get({key}) !== undefined) {keeper}.update({key}, {{ {Js.Key(count.Field.Name)}: {(by > 0 ? $"({held} || 0) + 1" : $"Math.max(0, ({held} || 0) - 1)")} }});";
    }

    /// <summary>Removes a row that no other refers to.</summary>
    public string? Delete()
    {
        if (Draft.Operation.IsLink)
        {
            if (!program.FindLink("row"))
            {
                return $"{Collection.Name} do not tell what they join";
            }

            Line($"{program.Rows}.delete({Js.Member("row", Collection.Key)});");
            Count(Collection, "row", -1);
            return Done(program.Result.OfDeletion());
        }

        program.FindRow("row");
        var (dependent, holders) = Holders.Of(Collection, program.Schema);
        foreach (var other in holders)
        {
            foreach (var field in other.Fields.Where(field => field.References == Collection.Name))
            {
                Line($"if (db.{other.Name}.where({{ {Js.Key(field.Name)}: {program.KeyArgument()} }}).length > 0) throw env.error(\"in_use\", \"the {ProgramText.EntityOf(Collection)} \" + {program.KeyArgument()} + \" still has {other.Name.Replace('_', ' ')}\");");
            }
        }

        foreach (var other in dependent)
        {
            var field = other.Fields.First(field => field.References == Collection.Name);
            Line($"for (const part of db.{other.Name}.where({{ {Js.Key(field.Name)}: {program.KeyArgument()} }})) {{");
            Line($"  db.{other.Name}.delete({Js.Member("part", other.Key)});");
            Count(other, "part", -1, "  ");
            Line("}");
        }

        Line($"{program.Rows}.delete({program.KeyArgument()});");
        Count(Collection, "row", -1);
        return Done(program.Result.OfDeletion());
    }

    /// <summary>Moves a row to another status, from those that allow it.</summary>
    public string? ChangeStatus()
    {
        var verb = Draft.Operation.Verb!;
        var field = Collection.Fields.FirstOrDefault(field => FieldSchemas.EnumOf(field.Type).Count > 0
            && Words.Tokens(field.Name)[^1] is "status" or "state" or "stage" && StatusPlan.Change(verb, field) is not null);
        if (field is null || StatusPlan.Change(verb, field) is not { } status)
        {
            return $"no status of {Collection.Name} fits '{verb}'";
        }

        program.Status = status;
        program.FindRow("found");
        program.CheckReferences();
        CheckValues();
        var allowed = "[" + string.Join(", ", status.From.Select(Js.Text)) + "]";
        Line($"if (!{allowed}.includes({Js.Member("found", field.Name)})) throw env.error(\"invalid_state\", \"the {ProgramText.EntityOf(Collection)} is \" + {Js.Member("found", field.Name)} + \"; to {verb.Replace('_', ' ')} it, it must be {string.Join(" or ", status.From)}\");");
        Line($"const changes = {{ {Js.Key(field.Name)}: {Js.Text(status.To)} }};");
        foreach (var parameter in Draft.Parameters)
        {
            if (parameter.Name != Draft.Operation.KeyParameter && program.FieldOf(parameter) is { } extra && extra.Name != Collection.Key
                && extra.Name != field.Name && !program.IsParent(parameter.Name))
            {
                program.Bind(parameter.Name, extra);
                Line($"if ({ProgramText.Argument(parameter.Name)} !== undefined) {Js.Member("changes", extra.Name)} = {Stored(parameter, extra, "found")};");
            }
        }

        Touch("changes");
        var facts = StatusFacts.Of(Collection, field);
        foreach (var (fact, _) in facts.Where(fact => fact.Status == status.To && !program.IsBound(fact.Field)))
        {
            if (StatusFacts.IsTime(fact) || ResultReader.TypeOf(fact.Type) == "boolean")
            {
                Line($"{Js.Member("changes", fact.Name)} = {(StatusFacts.IsTime(fact) ? RowDefaults.Now(fact) : "true")};");
            }
        }

        // What leaves an end, or goes to another, is no longer what it was.
        var past = facts.Where(fact => fact.Status != status.To && status.From.Contains(fact.Status) && StatusPlan.IsTerminal(fact.Status)).Select(fact => fact.Field).ToList();
        foreach (var fact in past.Where(fact => ResultReader.TypeOf(fact.Type) == "boolean"))
        {
            Line($"{Js.Member("changes", fact.Name)} = false;");
        }

        Write("found", "changes", [.. past.Where(fact => !fact.Required && ResultReader.TypeOf(fact.Type) != "boolean").Select(fact => fact.Name)]);
        return Done(program.Result.OfRow());
    }

    /// <summary>Writes changes to a row as the constant <c>row</c>; fields that leave it can't be said by changes, so the row is put anew.</summary>
    private void Write(string before, string changes, IReadOnlyList<string> leaving)
    {
        if (leaving.Count == 0)
        {
            Line($"const row = {program.Rows}.update({program.KeyArgument()}, {changes});");
            return;
        }

        Line($"const next = {{ ...{before}, ...{changes} }};");
        foreach (var name in leaving)
        {
            Line($"delete {Js.Member("next", name)};");
        }

        Line($"{program.Rows}.delete({program.KeyArgument()});");
        Line($"const row = {program.Rows}.insert(next);");
    }

    /// <summary>The value of a row's field after an argument was written to it: what the result promises and the argument lacks is filled in.</summary>
    private string Stored(JsonProperty parameter, FieldSpec field, string? before)
    {
        var argument = program.Given(parameter.Name);
        if (ResultReader.TypeOf(field.Type) == "object" && ResultWriter.Constant(field.Type, "") is var rest and not "{  }")
        {
            return before is null ? $"{{ ...{rest}, ...{argument} }}" : $"{{ ...({Js.Member(before, field.Name)} || {rest}), ...{argument} }}";
        }

        return ResultReader.TypeOf(field.Type) == "array" && field.Type.TryGetProperty("items", out var items) && ResultReader.TypeOf(items) == "object"
            && ResultWriter.Constant(items, "") is var part and not "{  }"
            ? $"{argument}.map((item) => ({{ ...{part}, ...item }}))"
            : argument;
    }

    /// <summary>Refuses values that the field can't hold though the parameter's schema allows them.</summary>
    private void CheckValues()
    {
        foreach (var parameter in Draft.Parameters.Where(parameter => !program.IsParent(parameter.Name)))
        {
            if (program.FieldOf(parameter) is { } field && FieldSchemas.EnumOf(field.Type) is { Count: > 0 } held
                && (FieldSchemas.EnumOf(parameter.Value) is not { Count: > 0 } given || !given.All(held.Contains)))
            {
                var argument = ProgramText.Argument(parameter.Name);
                Line($"if ({argument} !== undefined && ![{string.Join(", ", held.Select(Js.Text))}].includes({argument})) throw env.error(\"invalid_value\", {Js.Text($"{parameter.Name} must be {string.Join(" or ", held)}")});");
            }
            else if (program.FieldOf(parameter) is { } bounded && FieldSchemas.NarrowerBounds(parameter.Value, bounded.Type) is { Count: > 0 } bounds)
            {
                var argument = ProgramText.Argument(parameter.Name);
                var broken = bounds.Select(bound => bound.Keyword switch
                {
                    "minimum" => $"{argument} < {Js.Literal(bound.Value)}",
                    "maximum" => $"{argument} > {Js.Literal(bound.Value)}",
                    "minLength" => $"{argument}.length < {Js.Literal(bound.Value)}",
                    _ => $"{argument}.length > {Js.Literal(bound.Value)}",
                });
                var words = bounds.Select(bound => bound.Keyword switch
                {
                    "minimum" => $"at least {bound.Value.GetRawText()}",
                    "maximum" => $"at most {bound.Value.GetRawText()}",
                    "minLength" => $"at least {bound.Value.GetRawText()} characters long",
                    _ => $"at most {bound.Value.GetRawText()} characters long",
                });
                Line($"if ({argument} !== undefined && ({string.Join(" || ", broken)})) throw env.error(\"invalid_value\", {Js.Text($"{parameter.Name} must be {string.Join(" and ", words)}")});");
            }
        }
    }

    private void Touch(string target)
    {
        foreach (var field in Collection.Fields.Where(field => RowDefaults.IsTimeOf(field, "updated", "modified", "changed")))
        {
            Line($"{Js.Member(target, field.Name)} = {RowDefaults.Now(field)};");
        }
    }

    private void Line(string text) => program.Line(text);

    private string? Done(string expression)
    {
        program.Return(expression);
        return null;
    }
}
