using System.Text.RegularExpressions;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>
/// A path as resources and keys: versions, file extensions and fragments left out, a custom verb (<c>/books/{id}:archive</c>) as a segment of its own,
/// a call without its namespace.
/// </summary>
internal sealed partial class PathSegments
{
    private PathSegments(IReadOnlyList<string> segments, string? call)
    {
        All = segments;
        Call = call;
    }

    /// <summary>The segments in order; a key is its parameter's name in braces.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>What a path that only carries a call names in its query or fragment (<c>/#Action=CreateGroup</c>), or null.</summary>
    public string? Call { get; }

    /// <summary>Reads a path template.</summary>
    public static PathSegments Read(string path)
    {
        var cut = path.IndexOfAny(['?', '#']);
        var segments = new List<string>();
        foreach (var raw in (cut < 0 ? path : path[..cut]).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var segment = Namespace().Replace(Extension().Replace(raw, ""), "");
            var verb = segment.LastIndexOf(':');
            if (IsVersion(segment))
            {
                continue;
            }

            if (verb > 0 && verb < segment.Length - 1)
            {
                segments.Add(segment[..verb]);
                segments.Add(segment[(verb + 1)..]);
            }
            else
            {
                segments.Add(segment);
            }
        }

        var tail = cut < 0 ? "" : path[(cut + 1)..];
        var call = tail[(tail.LastIndexOfAny(['=', '.', '#']) + 1)..];
        return new PathSegments(segments, call.Length > 0 && char.IsLetter(call[0]) ? call : null);
    }

    /// <summary>Whether a segment is a key.</summary>
    public static bool IsKey(string segment) => segment.StartsWith('{') && segment.EndsWith('}') && segment.IndexOf('}') == segment.Length - 1;

    /// <summary>The parameter of a key segment.</summary>
    public static string Parameter(string segment) => segment[1..^1].TrimStart('+', '*').TrimEnd('*', '+');

    /// <summary>The entity that a literal segment names, in the singular.</summary>
    public static string Entity(string segment)
    {
        var tokens = Words.Tokens(segment).ToArray();
        if (tokens.Length > 0)
        {
            tokens[^1] = Words.Singular(tokens[^1]);
        }

        return string.Join('_', tokens);
    }

    private static bool IsVersion(string segment) => segment is "api" or "rest" || Version().IsMatch(segment);

    [GeneratedRegex(@"^(v?\d+([._]\d+)*((alpha|beta|p|rc)\d*)*|v\d+[a-z]?\d*|\d{4}-\d{2}(-\d{2})?(-preview)?|(alpha|beta)\d*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Version();

    /// <summary>What stands before the name of a call or type: <c>microsoft.graph.</c></summary>
    [GeneratedRegex(@"^[a-z][a-z0-9]*\.([a-z][a-z0-9]*\.)+(?=[A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\.(json|xml|php|aspx?|html?|do|action|csv|svc|cgi|jsp)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Extension();
}
