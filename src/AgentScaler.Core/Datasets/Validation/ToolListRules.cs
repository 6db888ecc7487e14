using System.Text.Json;

namespace AgentScaler.Datasets.Validation;

/// <summary>Lists of tools as templates and trainers take them.</summary>
internal static class ToolListRules
{
    /// <summary>Checks tools of the form <c>{type, function: {name, description, parameters}}</c>.</summary>
    /// <param name="textParameters">Whether parameters are a text that holds an object, or an object.</param>
    /// <returns>The tools' names.</returns>
    public static HashSet<string> Nested(JsonElement tools, string path, bool textParameters, RowExpectations expect)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < tools.GetArrayLength(); i++)
        {
            var place = $"{path}[{i}]";
            if (!expect.Is(tools[i], place, JsonValueKind.Object))
            {
                continue;
            }

            if (expect.Text(tools[i], place, "type") is { } type && type != "function")
            {
                expect.Fail(place + ".type", $"expected 'function', found '{type}'");
            }

            if (expect.Has(tools[i], place, "function", JsonValueKind.Object, out var function))
            {
                Name(function, place + ".function", names, expect);
                expect.Text(function, place + ".function", "description");
                _ = textParameters
                    ? expect.Embedded(function, place + ".function", "parameters", JsonValueKind.Object) is not null
                    : expect.Has(function, place + ".function", "parameters", JsonValueKind.Object, out _);
            }
        }

        return names;
    }

    /// <summary>Checks tools whose members stand side by side; their parameters are read by <c>properties</c>.</summary>
    /// <returns>The tools' names.</returns>
    public static HashSet<string> Flat(JsonElement tools, string path, RowExpectations expect)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < tools.GetArrayLength(); i++)
        {
            var place = $"{path}[{i}]";
            if (!expect.Is(tools[i], place, JsonValueKind.Object))
            {
                continue;
            }

            if (tools[i].TryGetProperty("function", out _))
            {
                expect.Fail(place + ".function", "expected name, description and parameters in the tool itself");
                continue;
            }

            Name(tools[i], place, names, expect);
            expect.Text(tools[i], place, "description");
            if (expect.Has(tools[i], place, "parameters", JsonValueKind.Object, out var parameters))
            {
                expect.Has(parameters, place + ".parameters", "properties", JsonValueKind.Object, out _);
            }
        }

        return names;
    }

    private static void Name(JsonElement tool, string path, HashSet<string> names, RowExpectations expect)
    {
        if (expect.Text(tool, path, "name") is { } name && !names.Add(name))
        {
            expect.Fail(path + ".name", $"expected each tool once, found '{name}' again");
        }
    }
}
