using System.Text.Json;
using AgentScaler.Tools.Reading;

namespace AgentScaler.Tools.OpenApi;

/// <summary>One operation of an OpenAPI document.</summary>
/// <param name="Method">In upper case.</param>
/// <param name="ValuePlace">Where the operation itself stands; with references another place than <paramref name="Place"/>.</param>
/// <param name="Item">Its path item, with the parameters that all operations of the path share.</param>
/// <param name="Place">The path and method under <c>paths</c>.</param>
internal sealed record Operation(
    string Path, string Method, JsonElement Value, JsonPlace ValuePlace, JsonElement Item, JsonPlace ItemPlace, JsonPlace Place);
