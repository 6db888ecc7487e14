using System.Text;

namespace AgentScaler.Tools.Reading;

/// <summary>A place in a document, built while walking and turned into text only when it is reported.</summary>
/// <param name="Parent">The place above, or null for a root.</param>
/// <param name="Token">The property name or index below it; for a root, its text (empty, <c>line 3</c>, a pointer).</param>
internal sealed record JsonPlace(JsonPlace? Parent, string Token)
{
    /// <summary>The root of a JSON document.</summary>
    public static readonly JsonPlace Root = new(null, "");

    private string? file;

    /// <summary>A line of a JSONL document, or a document of a YAML stream, 1-based.</summary>
    public static JsonPlace Unit(string unit, int number) => new(null, FormattableString.Invariant($"{unit} {number} "));

    /// <summary>A place in another file than the document's own.</summary>
    /// <param name="pointer">A JSON pointer within it.</param>
    public static JsonPlace InFile(string file, string pointer) => new(null, file + "#" + pointer) { file = file };

    /// <summary>The other file that the place is in, or null for the document itself.</summary>
    public string? File
    {
        get
        {
            var place = this;
            while (place.Parent is { } parent)
            {
                place = parent;
            }

            return place.file;
        }
    }

    public JsonPlace Down(string token) => new(this, token);

    public JsonPlace Down(int index) => new(this, index.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The JSON pointer (RFC 6901), after <c>line N</c> and a space within JSONL; <c>document</c> for the whole document.</summary>
    public override string ToString()
    {
        var tokens = new Stack<string>();
        var place = this;
        for (; place.Parent is { } parent; place = parent)
        {
            tokens.Push(place.Token);
        }

        var text = new StringBuilder(place.Token);
        foreach (var token in tokens)
        {
            text.Append('/').Append(token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
        }

        return text.Length == 0 ? "document" : tokens.Count == 0 ? place.Token.TrimEnd() : text.ToString();
    }
}
