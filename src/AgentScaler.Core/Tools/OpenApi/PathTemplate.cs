using System.Text.RegularExpressions;

namespace AgentScaler.Tools.OpenApi;

/// <summary>What a path like <c>/books/{book_id}#details</c> tells: its parameters and the literal segment before each.</summary>
internal sealed partial class PathTemplate
{
    private PathTemplate(IReadOnlyList<PathParameter> parameters) => Parameters = parameters;

    /// <summary>The template's parameters in its order; those after <c>?</c> are query parameters, those after <c>#</c> none at all.</summary>
    public IReadOnlyList<PathParameter> Parameters { get; }

    public static PathTemplate Parse(string path)
    {
        var text = path.Split('#', 2)[0];
        var parts = text.Split('?', 2);
        var found = new List<PathParameter>();
        string? segment = null;
        foreach (var piece in parts[0].Split('/'))
        {
            var names = Names(piece);
            found.AddRange(names.Select(name => new PathParameter(name, "path", segment)));
            if (names.Count == 0 && piece.Length > 0)
            {
                segment = Version().IsMatch(piece) ? null : piece;
            }
        }

        if (parts.Length == 2)
        {
            found.AddRange(Names(parts[1]).Select(name => new PathParameter(name, "query", null)));
        }

        return new PathTemplate([.. found.DistinctBy(p => p.Name, StringComparer.Ordinal)]);
    }

    /// <summary>The template's parameter of that name, or of that name in another case.</summary>
    public PathParameter? Find(string name) =>
        Parameters.FirstOrDefault(p => p.Name == name)
        ?? Parameters.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));

    private static List<string> Names(string text) =>
        [.. Braces().Matches(text).Select(m => Clean(m.Groups[1].Value)).Where(name => name.Length > 0)];

    /// <summary>Strips the operators of URI templates (<c>{+path}</c>, <c>{list*}</c>) and patterns of routers (<c>{id:[0-9]+}</c>).</summary>
    private static string Clean(string name) => name.Split(':', 2)[0].Trim('+', '/', ';', '?', '&', '.', '*', ' ');

    [GeneratedRegex(@"\{([^{}]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Braces();

    [GeneratedRegex(@"^v?\d+(\.\d+)*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Version();
}
