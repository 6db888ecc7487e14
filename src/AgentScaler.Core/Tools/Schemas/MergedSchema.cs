using System.Text.Json;

namespace AgentScaler.Tools.Schemas;

/// <summary>
/// A schema with its references followed, its <c>allOf</c> parts joined and the first of its alternatives taken: layers from general to
/// specific. Of a keyword the most specific layer counts; properties and required names add up.
/// </summary>
internal sealed class MergedSchema
{
    private readonly List<SchemaPart> layers = [];

    /// <summary>Nothing fits (<c>false</c>).</summary>
    public bool Never { get; set; }

    /// <summary>A schema that a cycle leads back to, or null.</summary>
    public JsonElement? Recursion { get; set; }

    public void Add(SchemaPart layer) => layers.Add(layer);

    /// <summary>The value of a keyword in the most specific layer that has it in one of the given kinds.</summary>
    public JsonElement? Find(string keyword, params ReadOnlySpan<JsonValueKind> kinds)
    {
        for (var i = layers.Count - 1; i >= 0; i--)
        {
            if (layers[i].Schema.TryGetProperty(keyword, out var value) && kinds.Contains(value.ValueKind))
            {
                return value;
            }
        }

        return null;
    }

    public string? Text(string keyword) => Find(keyword, JsonValueKind.String)?.GetString();

    public bool IsTrue(string keyword) => Find(keyword, JsonValueKind.True, JsonValueKind.False)?.ValueKind == JsonValueKind.True;

    /// <summary>The schema under a keyword (<c>items</c>, <c>additionalProperties</c>) in the most specific layer that has one.</summary>
    public SchemaPart? Schema(string keyword)
    {
        for (var i = layers.Count - 1; i >= 0; i--)
        {
            if (layers[i].Schema.TryGetProperty(keyword, out var value))
            {
                return new SchemaPart(value, layers[i].Place.Down(keyword), layers[i].Chain);
            }
        }

        return null;
    }

    /// <summary>The properties in order of first appearance, each with its parts from general to specific.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<SchemaPart> Parts)> Properties()
    {
        var order = new List<(string, IReadOnlyList<SchemaPart>)>();
        var byName = new Dictionary<string, List<SchemaPart>>(StringComparer.Ordinal);
        foreach (var layer in layers)
        {
            if (!layer.Schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            var place = layer.Place.Down("properties");
            foreach (var property in properties.EnumerateObject())
            {
                if (!byName.TryGetValue(property.Name, out var parts))
                {
                    byName[property.Name] = parts = [];
                    order.Add((property.Name, parts));
                }

                parts.Add(new SchemaPart(property.Value, place.Down(property.Name), layer.Chain));
            }
        }

        return order;
    }

    /// <summary>Names that any layer requires.</summary>
    public IReadOnlySet<string> Required()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var layer in layers)
        {
            if (layer.Schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array)
            {
                names.UnionWith(required.EnumerateArray().Where(r => r.ValueKind == JsonValueKind.String).Select(r => r.GetString()!));
            }
        }

        return names;
    }
}
