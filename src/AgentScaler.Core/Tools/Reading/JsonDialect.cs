using System.Text.Json;
using AgentScaler.Tools.ToolLists;

namespace AgentScaler.Tools.Reading;

/// <summary>Tells the dialect of one JSON value: a whole document, or a row of JSONL.</summary>
internal static class JsonDialect
{
    public static string Of(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            if (value.TryGetProperty("openapi", out var openapi))
            {
                return openapi.ToString().StartsWith('3') ? Dialect.OpenApi3 : "openapi";
            }

            if (value.TryGetProperty("swagger", out _))
            {
                return Dialect.OpenApi2;
            }

            if (value.TryGetProperty("swaggerVersion", out _))
            {
                return "openapi-1";
            }
        }

        if (value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)
            || FunctionFinder.Find(value, JsonPlace.Root).FirstOrDefault(found => FunctionShape.IsFunction(found.Value, isListed: true)) is not { } function)
        {
            return Dialect.Unknown;
        }

        var row = value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 ? value[0] : value;
        return OfRow(row, function);
    }

    /// <summary>The dialect of a function, as told by the row of a data set that it stands in.</summary>
    private static string OfRow(JsonElement row, FoundFunction function)
    {
        bool Has(string name) => row.ValueKind == JsonValueKind.Object && row.TryGetProperty(name, out _);
        var dialect = FunctionShape.DialectOf(function.Value);
        if (dialect is not (Dialect.AgentScalerTools or Dialect.FunctionList or Dialect.Bfcl))
        {
            return dialect;
        }

        // Our own lines stand alone; what looks like them in someone's wrapper is theirs.
        return Has("function") && Has("question") ? Dialect.Bfcl
            : Has("query") && Has("tools") ? Dialect.Xlam
            : dialect == Dialect.AgentScalerTools && !IsBare(function.Place) ? Dialect.FunctionList
            : dialect;
    }

    /// <summary>The value itself, or an item of the array that it is.</summary>
    private static bool IsBare(JsonPlace place) => place.Parent is null || place.Parent == JsonPlace.Root && place.Token.All(char.IsAsciiDigit);
}
