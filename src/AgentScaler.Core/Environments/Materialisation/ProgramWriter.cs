using System.Text;
using System.Text.Json;
using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Writes the program of a tool: a read or a write on its collection (paper: <c>API(func, args) = op(func)(args; D)</c>).</summary>
internal sealed class ProgramWriter(EnvironmentSchema schema)
{
    /// <summary>Writes a tool's program and binding.</summary>
    /// <param name="reason">Why there can be none; null on success.</param>
    public PackageTool? Write(ToolDraft draft, ToolSpec spec, out string? reason)
    {
        var collection = schema.Find(SchemaBuilder.CollectionNameOf(draft.Operation.Entity))!;
        var run = new Draft(draft, collection, schema);
        reason = draft.Operation.Kind switch
        {
            OperationKind.Get => run.Get(),
            OperationKind.List => run.List(),
            OperationKind.Search => run.Search(),
            OperationKind.Create => run.Create(),
            OperationKind.Update => run.Update(),
            OperationKind.Delete => run.Delete(),
            _ => run.ChangeStatus(),
        };
        return reason is null ? new PackageTool(spec, draft.Writes, run.Program, run.Binding) : null;
    }

    /// <summary>One program being written.</summary>
    private sealed class Draft(ToolDraft draft, CollectionSpec collection, EnvironmentSchema schema)
    {
        private readonly StringBuilder body = new();
        private readonly SortedDictionary<string, string> bound = new(StringComparer.Ordinal);
        private readonly SortedDictionary<string, string> owners = new(StringComparer.Ordinal);
        private readonly ResultWriter result = new(draft, collection);
        private string? query;
        private StatusChange? status;

        private string Rows => "db." + collection.Name;

        public string Program => $"function {Js.FunctionName(draft.Tool.Name)}(db, args, env) {{\n{body}}}\n";

        public ToolBinding Binding => new()
        {
            Kind = draft.Operation.Kind,
            Collection = collection.Name,
            KeyParameter = draft.Operation.KeyParameter,
            Fields = bound,
            Owners = owners,
            QueryParameter = query,
            Status = status,
            ResultPath = result.Path,
            ResultFields = result.Fields,
        };

        public string? Get()
        {
            FindRow();
            return Return(result.OfRow());
        }

        public string? List()
        {
            CheckReferences();
            Line("const wanted = {};");
            var ranges = new List<string>();
            foreach (var parameter in draft.Parameters)
            {
                if (FieldOf(parameter) is { } field)
                {
                    bound[parameter.Name] = field.Name;
                    Line($"if ({Argument(parameter.Name)} !== undefined) {Js.Member("wanted", field.Name)} = {Argument(parameter.Name)};");
                }
                else if (RangeFilter.Read(parameter.Name) is { } range && FieldNamed(range.Field) is { } bounded && Comparable(bounded))
                {
                    ranges.Add($"({Argument(parameter.Name)} === undefined || {Js.Member("row", bounded.Name)} {range.Operator} {Argument(parameter.Name)})");
                }
            }

            Line($"let rows = {Rows}.where(wanted);");
            if (ranges.Count > 0)
            {
                Line($"rows = rows.filter((row) => {string.Join("\n    && ", ranges)});");
            }

            return Page();
        }

        public string? Search()
        {
            query = OperationReader.QueryParameterOf(draft.Tool)!;
            var texts = collection.Fields.Where(field => ResultReader.TypeOf(field.Type) == "string" && field.References is null && field.Name != collection.Key
                && FieldSchemas.EnumOf(field.Type).Count == 0 && !field.Type.TryGetProperty("format", out _)).Select(field => field.Name).ToList();
            if (texts.Count == 0)
            {
                return $"no text field of {collection.Name} can be searched";
            }

            CheckReferences();
            Line($"let rows = {Rows}.all().filter((row) => {Argument(query)} === undefined");
            Line($"  || [{string.Join(", ", texts.Select(field => Js.Member("row", field)))}].some((text) => text !== undefined && env.contains(text, {Argument(query)})));");
            foreach (var parameter in draft.Parameters.Where(parameter => parameter.Name != query))
            {
                if (FieldOf(parameter) is { } field)
                {
                    bound[parameter.Name] = field.Name;
                    Line($"if ({Argument(parameter.Name)} !== undefined) rows = rows.filter((row) => {Js.Member("row", field.Name)} === {Argument(parameter.Name)});");
                }
            }

            return Page();
        }

        public string? Create()
        {
            CheckReferences();
            var keyParameter = draft.Parameters.Select(parameter => parameter.Name)
                .FirstOrDefault(name => SchemaBuilder.FieldNamed([collection.Key], name, collection.Entity) is not null);
            if (keyParameter is not null && draft.Required.Contains(keyParameter))
            {
                bound[keyParameter] = collection.Key;
                Line($"if ({Rows}.get({Argument(keyParameter)}) !== undefined) throw env.error(\"already_exists\", \"a {Name(collection)} with the {collection.Key} \" + {Argument(keyParameter)} + \" already exists\");");
                Line($"const values = {{ {Js.Key(collection.Key)}: {Argument(keyParameter)} }};");
            }
            else
            {
                Line($"const values = {{ {Js.Key(collection.Key)}: env.newId({Js.Text(collection.Name)}) }};");
            }

            var given = new HashSet<string>(StringComparer.Ordinal) { collection.Key };
            foreach (var parameter in draft.Parameters)
            {
                if (FieldOf(parameter) is not { } field || !given.Add(field.Name))
                {
                    continue;
                }

                bound[parameter.Name] = field.Name;
                var assign = $"{Js.Member("values", field.Name)} = {Argument(parameter.Name)};";
                Line(draft.Required.Contains(parameter.Name) ? assign
                    : DefaultOf(field) is { } value ? $"{Js.Member("values", field.Name)} = {Argument(parameter.Name)} !== undefined ? {Argument(parameter.Name)} : {value};"
                    : $"if ({Argument(parameter.Name)} !== undefined) {assign}");
            }

            foreach (var field in collection.Fields.Where(field => !given.Contains(field.Name)))
            {
                if (DefaultOf(field) is { } value)
                {
                    Line($"{Js.Member("values", field.Name)} = {value};");
                }
            }

            Line($"const row = {Rows}.insert(values);");
            return Return(result.OfRow());
        }

        public string? Update()
        {
            FindRow();
            CheckReferences();
            Line("const changes = {};");
            foreach (var parameter in draft.Parameters)
            {
                if (parameter.Name != draft.Operation.KeyParameter && FieldOf(parameter) is { } field && field.Name != collection.Key && !IsParent(parameter.Name))
                {
                    bound[parameter.Name] = field.Name;
                    Line($"if ({Argument(parameter.Name)} !== undefined) {Js.Member("changes", field.Name)} = {Argument(parameter.Name)};");
                }
            }

            if (bound.Count == 0)
            {
                return "it takes no value to change";
            }

            Line("if (Object.keys(changes).length === 0) throw env.error(\"nothing_to_change\", \"give at least one value to change\");");
            Touch("changes");
            Line($"const row = {Rows}.update({KeyArgument()}, changes);");
            return Return(result.OfRow());
        }

        public string? Delete()
        {
            FindRow();
            foreach (var other in schema.Collections)
            {
                foreach (var field in other.Fields.Where(field => field.References == collection.Name))
                {
                    Line($"if (db.{other.Name}.where({{ {Js.Key(field.Name)}: {KeyArgument()} }}).length > 0) throw env.error(\"in_use\", \"the {Name(collection)} \" + {KeyArgument()} + \" still has {other.Name.Replace('_', ' ')}\");");
                }
            }

            Line($"{Rows}.delete({KeyArgument()});");
            return Return(result.OfDeletion());
        }

        public string? ChangeStatus()
        {
            var verb = draft.Operation.Verb!;
            var field = collection.Fields.FirstOrDefault(field => FieldSchemas.EnumOf(field.Type).Count > 0
                && Words.Tokens(field.Name)[^1] is "status" or "state" or "stage" && StatusPlan.Change(verb, field) is not null);
            if (field is null || (status = StatusPlan.Change(verb, field)) is null)
            {
                return $"no status of {collection.Name} fits '{verb}'";
            }

            FindRow("found");
            CheckReferences();
            var allowed = "[" + string.Join(", ", status.From.Select(Js.Text)) + "]";
            Line($"if (!{allowed}.includes({Js.Member("found", field.Name)})) throw env.error(\"invalid_status\", \"the {Name(collection)} is \" + {Js.Member("found", field.Name)} + \"; to {verb.Replace('_', ' ')} it, it must be {string.Join(" or ", status.From)}\");");
            Line($"const changes = {{ {Js.Key(field.Name)}: {Js.Text(status.To)} }};");
            foreach (var parameter in draft.Parameters)
            {
                if (parameter.Name != draft.Operation.KeyParameter && FieldOf(parameter) is { } extra && extra.Name != collection.Key
                    && extra.Name != field.Name && !IsParent(parameter.Name))
                {
                    bound[parameter.Name] = extra.Name;
                    Line($"if ({Argument(parameter.Name)} !== undefined) {Js.Member("changes", extra.Name)} = {Argument(parameter.Name)};");
                }
            }

            Touch("changes");
            Line($"const row = {Rows}.update({KeyArgument()}, changes);");
            return Return(result.OfRow());
        }

        private void FindRow(string variable = "row")
        {
            var name = draft.Writes && draft.Operation.Kind == OperationKind.Update ? "found" : variable;
            foreach (var (parent, _) in draft.Operation.Parents)
            {
                if (parent != draft.Operation.KeyParameter && FieldNamed(parent) is { References: not null } field)
                {
                    owners[parent] = field.Name;
                }
            }

            var misplaced = string.Concat(owners.Select(owner => $" || {Js.Member(name, owner.Value)} !== {Argument(owner.Key)}"));
            Line($"const {name} = {Rows}.get({KeyArgument()});");
            Line($"if ({name} === undefined{misplaced}) throw env.error(\"not_found\", \"no {Name(collection)} has the {collection.Key} \" + {KeyArgument()});");
        }

        private void CheckReferences()
        {
            foreach (var parameter in draft.Parameters)
            {
                if (parameter.Name == draft.Operation.KeyParameter || FieldOf(parameter) is not { References: { } target } || schema.Find(target) is not { } other)
                {
                    continue;
                }

                Line($"if ({Argument(parameter.Name)} !== undefined && db.{other.Name}.get({Argument(parameter.Name)}) === undefined) throw env.error(\"not_found\", \"no {Name(other)} has the {other.Key} \" + {Argument(parameter.Name)});");
            }
        }

        private string? Page()
        {
            Line("const total = rows.length;");
            var limit = ParameterWith(Paging.Role.Limit);
            var offset = ParameterWith(Paging.Role.Offset);
            var page = ParameterWith(Paging.Role.Page);
            if (offset is not null)
            {
                Line($"if ({Argument(offset)} !== undefined) rows = rows.slice({Argument(offset)});");
            }

            if (page is not null && limit is not null)
            {
                Line($"if ({Argument(page)} !== undefined && {Argument(limit)} !== undefined) rows = rows.slice(({Argument(page)} - 1) * {Argument(limit)});");
            }

            if (limit is not null)
            {
                Line($"if ({Argument(limit)} !== undefined) rows = rows.slice(0, {Argument(limit)});");
            }

            return Return(result.OfRows());
        }

        private void Touch(string target)
        {
            foreach (var field in collection.Fields.Where(field => IsTimeOf(field, "updated", "modified", "changed")))
            {
                Line($"{Js.Member(target, field.Name)} = {Now(field)};");
            }
        }

        private string? DefaultOf(FieldSpec field)
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

            return !field.Required || field.References is not null ? null
                : ResultReader.TypeOf(field.Type) == "boolean" ? (words.Contains("active") || words.Contains("enabled") || words.Contains("available") ? "true" : "false")
                : ResultWriter.Constant(field.Type, "");
        }

        private static bool IsTimeOf(FieldSpec field, params string[] words) =>
            field.Type.TryGetProperty("format", out var format) && format.GetString() is "date" or "date-time"
            && Words.Tokens(field.Name).Any(token => words.Contains(token));

        private static string Now(FieldSpec field) => field.Type.GetProperty("format").GetString() == "date" ? "env.now.slice(0, 10)" : "env.now";

        private FieldSpec? FieldOf(JsonProperty parameter)
        {
            if (parameter.Name == draft.Operation.KeyParameter || Paging.RoleOf(parameter.Name) != Paging.Role.None && draft.ReadsMany)
            {
                return null;
            }

            var field = FieldNamed(parameter.Name);
            var type = ResultReader.TypeOf(parameter.Value);
            return field is not null && (ResultReader.TypeOf(field.Type) == type || (ResultReader.TypeOf(field.Type) == "number" && type == "integer")) ? field : null;
        }

        private FieldSpec? FieldNamed(string parameter)
        {
            var name = SchemaBuilder.FieldNamed(collection.Fields.Select(field => field.Name), parameter, collection.Entity);
            return collection.Fields.FirstOrDefault(field => field.Name == name);
        }

        private string? ParameterWith(Paging.Role role) => draft.Parameters
            .Where(parameter => Paging.RoleOf(parameter.Name) == role && ResultReader.TypeOf(parameter.Value) is "integer" or "number")
            .Select(parameter => parameter.Name).FirstOrDefault();

        private string KeyArgument()
        {
            var key = draft.Operation.KeyParameter!;
            var given = draft.Parameters.First(parameter => parameter.Name == key).Value;
            var stored = ResultReader.TypeOf(collection.Fields.First(field => field.Name == collection.Key).Type);
            return (stored, ResultReader.TypeOf(given)) switch
            {
                ("string", "integer" or "number") => $"String({Argument(key)})",
                ("integer", "string") => $"Number({Argument(key)})",
                _ => Argument(key),
            };
        }

        private bool IsParent(string parameter) => draft.Operation.Parents.Any(parent => parent.Key == parameter);

        private static bool Comparable(FieldSpec field) => ResultReader.TypeOf(field.Type) is "integer" or "number"
            || (ResultReader.TypeOf(field.Type) == "string" && field.Type.TryGetProperty("format", out var format) && format.GetString() is "date" or "date-time");

        private static string Name(CollectionSpec named) => named.Entity.Replace('_', ' ');

        private static string Argument(string name) => Js.Member("args", name);

        private string? Return(string expression)
        {
            Line($"return {expression};");
            return null;
        }

        private void Line(string text) => body.Append("  ").Append(text).Append('\n');
    }
}
