using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Reads what a tool does from its method and path, or, where there is no path or it says nothing, from its name.</summary>
internal static class OperationReader
{
    /// <summary>A longer name repeats its path rather than say what the tool does.</summary>
    private const int LongestName = 5;

    /// <summary>Reads a tool's operation.</summary>
    /// <param name="reason">Why it is none that can be materialised; null on success.</param>
    public static Operation? Read(ToolSpec tool, out string? reason)
    {
        var operation = Whole(tool.Path is null ? NameReader.Read(tool, Words.Tokens(tool.Name)) : ReadPath(tool), tool);
        reason = operation switch
        {
            null => "neither its method and path nor its name tell what it does",
            { KeyParameter: null, IsLink: false, Kind: OperationKind.Get or OperationKind.Update or OperationKind.Delete or OperationKind.Status } =>
                "no parameter names the row it works on",
            { Entity: "" or [< 'a' or > 'z', ..] } => "its name holds no noun for an entity",
            _ => null,
        };
        return reason is null ? operation : null;
    }

    private static Operation? ReadPath(ToolSpec tool)
    {
        var path = PathSegments.Read(tool.Path!);
        if (PathReader.Read(tool, path) is { } operation)
        {
            return operation;
        }

        var tokens = Words.Tokens(path.All.All(PathSegments.IsKey) && path.Call is { } call ? call : LastPart(tool.OriginalName));
        var named = NameReader.Read(tool, tokens);
        if (tokens.Count > LongestName || tool.OriginalName.Contains('/', StringComparison.Ordinal) && path.Call is null || (named is not { IsLink: true } && Verbs.Read(tokens) is null or { Kind: OperationKind.Other }))
        {
            return null;
        }

        var reads = named?.Kind is OperationKind.Get or OperationKind.List or OperationKind.Search;
        var fits = named is not null && tool.Method switch
        {
            "GET" => reads,
            "DELETE" => named.Kind == OperationKind.Delete,

            // A call in the fragment is always posted; elsewhere a POST that reads would be a guess.
            "POST" => !reads || path.Call is not null,
            "PUT" or "PATCH" => !reads && named.Kind != OperationKind.Delete,
            _ => false,
        };
        return fits ? named : null;
    }

    /// <summary>The call of a dotted operation id, with the collection it is on: <c>projects.books.list</c> is <c>list books</c>.</summary>
    private static string LastPart(string name)
    {
        var parts = name.Split('.', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 1 ? parts[^1] + "_" + parts[^2] : name;
    }

    /// <summary>Leaves out keys in the path that the tool takes no parameter for, as some documents have them.</summary>
    private static Operation? Whole(Operation? operation, ToolSpec tool)
    {
        if (operation is null)
        {
            return null;
        }

        var properties = tool.Parameters.GetProperty("properties");
        return operation with
        {
            Upserts = operation.Kind == OperationKind.Update && Verbs.MakesOrChanges(Words.Tokens(tool.OriginalName)),
            KeyParameter = operation.KeyParameter is { } key && properties.TryGetProperty(key, out _) ? key : null,
            Parents = [.. operation.Parents.Where(parent => properties.TryGetProperty(parent.Key, out _)).DistinctBy(parent => parent.Key)],
        };
    }
}
