using System.Text.Json;
using AgentScaler.Json;

namespace AgentScaler.Campaigns;

/// <summary>A setting in which two campaigns differ.</summary>
/// <param name="Path">Its JSON path in the document, e.g. <c>$.identity.graph.threshold</c>.</param>
/// <param name="Left">Its value in the first, in canonical JSON.</param>
/// <param name="Right">Its value in the second.</param>
public sealed record IdentityDifference(string Path, string Left, string Right)
{
    /// <summary>All settings in which two identities differ, in the order of the document; empty if they are one.</summary>
    public static IReadOnlyList<IdentityDifference> Between(CampaignIdentity left, CampaignIdentity right)
    {
        var differences = new List<IdentityDifference>();
        Compare(
            "$.identity",
            JsonSerializer.SerializeToElement(left, ArtifactJson.Options),
            JsonSerializer.SerializeToElement(right, ArtifactJson.Options),
            differences);
        return differences;
    }

    private static void Compare(string path, JsonElement? left, JsonElement? right, List<IdentityDifference> differences)
    {
        if (left is { ValueKind: JsonValueKind.Object } a && right is { ValueKind: JsonValueKind.Object } b)
        {
            foreach (var name in a.EnumerateObject().Concat(b.EnumerateObject()).Select(member => member.Name).Distinct(StringComparer.Ordinal))
            {
                Compare($"{path}.{name}", Member(a, name), Member(b, name), differences);
            }
        }
        else if (Text(left) is var l && Text(right) is var r && l != r)
        {
            differences.Add(new IdentityDifference(path, l, r));
        }
    }

    private static JsonElement? Member(JsonElement value, string name) => value.TryGetProperty(name, out var member) ? member : null;

    private static string Text(JsonElement? value) => value is { } there ? CanonicalJson.Write(there) : "absent";
}
