using System.Text.Json;
using AgentScaler.Tools.Reading;

namespace AgentScaler.Tools.Schemas;

/// <summary>Resolves local references (<c>#/components/...</c>) within one JSON value. Nothing is ever fetched or opened.</summary>
/// <param name="root">What <c>#</c> stands for.</param>
/// <param name="place">Where that is in the document.</param>
internal sealed class References(JsonElement root, JsonPlace place, ProblemList problems)
{
    private const int MaximumHops = 32;

    private readonly Dictionary<string, JsonElement?> known = new(StringComparer.Ordinal);

    /// <summary>Where a local reference's target is.</summary>
    public JsonPlace PlaceOf(string reference) =>
        place == JsonPlace.Root ? new JsonPlace(null, Uri.UnescapeDataString(reference[1..])) : new JsonPlace(null, place + reference[1..]);

    /// <summary>The target of a reference, or null, which is reported.</summary>
    /// <param name="from">Where the reference stands.</param>
    public JsonElement? Resolve(string reference, JsonPlace from)
    {
        if (!reference.StartsWith('#'))
        {
            problems.Add("reference.external", from, reference, "a reference within the document; external reference not followed");
            return null;
        }

        if (!known.TryGetValue(reference, out var target))
        {
            known[reference] = target = Find(reference);
        }

        if (target is null)
        {
            problems.Add("reference.missing", from, reference, "a reference to something in the document; it is left out");
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

            var text = reference.GetString()!;
            if (Resolve(text, at) is not { } target)
            {
                return null;
            }

            value = target;
            at = PlaceOf(text);
        }

        problems.Add("reference.cycle", at, "a reference that leads to itself", "a reference to an object; it is left out");
        return null;
    }

    private JsonElement? Find(string reference)
    {
        var pointer = Uri.UnescapeDataString(reference[1..]);
        if (pointer.Length > 0 && pointer[0] != '/')
        {
            return null;
        }

        var at = root;
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
