using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentScaler.Tools.Schemas;

/// <summary>Schemas of one document in canonical form, each kept once: what reading, writing and listing a thing return is often the very same.</summary>
internal sealed class SharedElements
{
    private readonly Dictionary<string, JsonElement> elements = new(StringComparer.Ordinal);

    /// <summary>The schema's canonical form.</summary>
    public JsonElement Of(JsonObject schema)
    {
        var element = ParameterObject.Canonical(schema);
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(elements, Convert.ToHexString(SHA256.HashData(JsonMarshal.GetRawUtf8Value(element))), out var exists);
        return exists ? known : known = element;
    }
}
