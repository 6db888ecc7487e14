using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Tools.Reading;
using AgentScaler.Tools.Schemas;
using AgentScaler.Tools.Screening;

namespace AgentScaler.Tools.OpenApi;

/// <summary>Reads an operation's arguments: parameters of path item and operation, undeclared ones of the path, and the body's properties.</summary>
internal sealed class OperationArguments(References references, PlumbingParameters plumbing, SchemaReader schemas, ProblemList problems)
{
    public IReadOnlyList<Argument> Read(Operation operation)
    {
        var template = PathTemplate.Parse(operation.Path);
        var declared = Declared(operation, template);
        var names = declared.Where(a => a.In != "body").Select(a => a.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. template.Parameters
                .Where(p => !names.Contains(p.Name))
                .Select(p => new Argument(p.Name, p.In, new JsonObject { ["type"] = "string" }, true, p.Segment)),
            .. declared,
            .. RequestBody(operation),
        ];
    }

    /// <summary>Parameters by name and place; those of the operation replace those of its path item.</summary>
    private IEnumerable<Argument> Declared(Operation operation, PathTemplate template)
    {
        var byKey = new OrderedDictionary<(string In, string Name), IReadOnlyList<Argument>>();
        (JsonElement, JsonPlace)[] holders = [(operation.Item, operation.ItemPlace), (operation.Value, operation.ValuePlace)];
        foreach (var (holder, place) in holders)
        {
            if (holder.Member("parameters", JsonValueKind.Array) is not { } parameters)
            {
                continue;
            }

            var index = 0;
            foreach (var value in parameters.EnumerateArray())
            {
                if (references.Follow(value, place.Down("parameters").Down(index++)) is not ({ } parameter, { } at))
                {
                    continue;
                }

                var name = parameter.Text("name");
                var where = parameter.Text("in");
                if (string.IsNullOrWhiteSpace(name) || where is not ("path" or "query" or "header" or "cookie" or "body" or "formData"))
                {
                    problems.Add(
                        "parameter.invalid", at, $"name '{name}' in '{where}'", "a name, in path, query, header, cookie, body or formData; it is left out");
                }
                else if (!plumbing.Contains(where, name))
                {
                    // There is one body, whatever path item and operation call it.
                    byKey[where == "body" ? (where, "") : (where, name)] = where == "body" ? Body(parameter, at) : Plain(name, where, parameter, at, template);
                }
            }
        }

        return byKey.Values.SelectMany(arguments => arguments);
    }

    private IReadOnlyList<Argument> Plain(string name, string where, JsonElement parameter, JsonPlace place, PathTemplate template)
    {
        // OpenAPI 2 has the type in the parameter itself, and so have documents converted from it.
        var part = parameter.TryGetProperty("schema", out var schema) ? new SchemaPart(schema, place.Down("schema"))
            : MediaTypes.Schema(parameter, place)
                ?? (parameter.TryGetProperty("type", out _) || parameter.TryGetProperty("enum", out _) ? new SchemaPart(parameter, place) : null);
        if ((part is null ? [] : schemas.Read(part, 1)) is not { } read)
        {
            return [];
        }

        if (PlainText.Of(parameter.Text("description")) is { Length: > 0 } description)
        {
            read["description"] = description;
        }

        if (Example(parameter) is { } example)
        {
            SchemaKeywords.AddExample(read, example);
        }

        return
        [
            new Argument(
                name,
                where == "formData" ? "body" : where,
                read,
                where == "path" || parameter.IsTrue("required"),
                where == "path" ? template.Find(name)?.Segment : null),
        ];
    }

    private static JsonElement? Example(JsonElement parameter)
    {
        if (parameter.TryGetProperty("example", out var example))
        {
            return example;
        }

        return parameter.Member("examples", JsonValueKind.Object) is { } examples
            && examples.EnumerateObject().Select(e => e.Value).FirstOrDefault() is { ValueKind: JsonValueKind.Object } first
            && first.TryGetProperty("value", out var value)
                ? value
                : null;
    }

    private IReadOnlyList<Argument> RequestBody(Operation operation) =>
        operation.Value.TryGetProperty("requestBody", out var requestBody)
        && references.Follow(requestBody, operation.ValuePlace.Down("requestBody")) is ({ } body, { } place)
            ? Body(body, place)
            : [];

    /// <summary>A body's properties become arguments; a body that is no object with properties is one argument, <c>items</c> or <c>body</c>.</summary>
    private IReadOnlyList<Argument> Body(JsonElement body, JsonPlace place)
    {
        var found = MediaTypes.Schema(body, place)
            ?? (body.TryGetProperty("schema", out var schema) ? new SchemaPart(schema, place.Down("schema")) : null);
        if (found is not { } part)
        {
            return [];
        }

        var merged = schemas.Merge(part);
        if (merged.Properties().Count > 0)
        {
            // Many documents forget to say that the body is required; its required properties are needed either way.
            return
            [
                .. schemas.Members(merged, 1)
                    .Where(m => m.Name.Length > 0)
                    .Select(m => new Argument(m.Name, "body", m.Schema, m.Required)),
            ];
        }

        if (schemas.Build(merged, part.Place, 1) is not { } whole)
        {
            return [];
        }

        if (PlainText.Of(body.Text("description")) is { Length: > 0 } description)
        {
            whole.TryAdd("description", description);
        }

        return [new Argument(SchemaType.Of(merged) == "array" ? "items" : "body", "body", whole, body.IsTrue("required"))];
    }
}
