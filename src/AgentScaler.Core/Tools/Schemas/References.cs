using System.Text.Json;
using AgentScaler.Tools.Reading;

namespace AgentScaler.Tools.Schemas;

/// <summary>
/// Resolves references: within one JSON value (<c>#/components/...</c>), and into the files that the document was given with. Nothing is ever
/// fetched or opened.
/// </summary>
/// <param name="root">What <c>#</c> stands for in the document.</param>
/// <param name="place">Where that is in the document.</param>
/// <param name="files">The document's files, or null if it stands alone.</param>
internal sealed class References(JsonElement root, JsonPlace place, ProblemList problems, LinkedFiles? files = null)
{
    private const int MaximumHops = 32;

    /// <summary>The normal forms of what the references lead to.</summary>
    public SchemaMemo Memo { get; } = new();

    private readonly Dictionary<(string? File, string Reference), ReferenceTarget?> known = [];

    /// <summary>The target of a reference, or null, which is reported.</summary>
    /// <param name="from">Where the reference stands.</param>
    public ReferenceTarget? Resolve(string reference, JsonPlace from)
    {
        var key = (from.File, reference);
        if (!known.TryGetValue(key, out var target))
        {
            known[key] = target = Find(reference, from);
        }
        else if (target is null)
        {
            Find(reference, from);
        }

        return target;
    }

    /// <summary>Follows an object that may be a reference (a parameter, a response, a path item) to the object itself.</summary>
    /// <returns>The object and its place, or null if it can't be reached, which is reported.</returns>
    public (JsonElement Value, JsonPlace Place)? Follow(JsonElement value, JsonPlace at)
    {
        for (var hops = 0; hops < MaximumHops; hops++)
        {
            if (value.ValueKind != JsonValueKind.Object)
            {
                problems.Add("value.invalid", at, value.ValueKind.ToString(), "an object; it is left out");
                return null;
            }

            if (!value.TryGetProperty("$ref", out var reference) || reference.ValueKind != JsonValueKind.String)
            {
                return (value, at);
            }

            if (Resolve(reference.GetString()!, at) is not { } target)
            {
                return null;
            }

            (value, at) = (target.Value, target.Place);
        }

        problems.Add("reference.cycle", at, "a reference that leads to itself", "a reference to an object; it is left out");
        return null;
    }

    private ReferenceTarget? Find(string reference, JsonPlace from)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var path = hash < 0 ? reference : reference[..hash];
        var pointer = hash < 0 ? "" : Uri.UnescapeDataString(reference[(hash + 1)..]);
        var file = from.File;
        if (path.Length > 0)
        {
            var link = files?.Link(file, path) ?? new FileLink(null, "a reference within the document; external reference not followed");
            if (link.File is null)
            {
                problems.Add(link.IsMissing ? "reference.missing" : "reference.external", from, reference, link.Expected);
                return null;
            }

            file = link.File == files!.Main ? null : link.File;
        }

        var start = file is null ? root : files!.Open(file);
        if (start is not { } found || Walk(found, pointer) is not { } value)
        {
            problems.Add("reference.missing", from, reference, file is null ? "a reference to something in the document; it is left out" : "a reference to something in a file that can be read; it is left out");
            return null;
        }

        var at = file is not null ? JsonPlace.InFile(file, pointer)
            : place == JsonPlace.Root ? new JsonPlace(null, pointer)
            : new JsonPlace(null, place + pointer);
        return new ReferenceTarget(value, at, file + "#" + pointer);
    }

    private static JsonElement? Walk(JsonElement at, string pointer)
    {
        if (pointer.Length > 0 && pointer[0] != '/')
        {
            return null;
        }

        foreach (var escaped in pointer.Split('/').Skip(1))
        {
            var token = escaped.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(token, out var member))
            {
                at = member;
            }
            else if (at.ValueKind == JsonValueKind.Array && int.TryParse(token, out var index) && index >= 0 && index < at.GetArrayLength())
            {
                at = at[index];
            }
            else
            {
                return null;
            }
        }

        return at;
    }
}
