using System.Text.Json;
using AgentScaler.Tools.Reading;

namespace AgentScaler.Tools.Schemas;

/// <summary>A schema as it stands in the document.</summary>
/// <param name="Chain">The references followed to come here.</param>
internal sealed record SchemaPart(JsonElement Schema, JsonPlace Place, RefChain? Chain = null);
