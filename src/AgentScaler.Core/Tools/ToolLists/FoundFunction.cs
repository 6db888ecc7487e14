using System.Text.Json;
using AgentScaler.Tools.Reading;

namespace AgentScaler.Tools.ToolLists;

/// <summary>Something that stands where a tool is expected.</summary>
/// <param name="Value">The tool, or what stands in its place.</param>
/// <param name="Owner">Who it belongs to by the nearest wrapper that says so, or null.</param>
/// <param name="Licence">The licence by the nearest wrapper that states one, or null.</param>
internal sealed record FoundFunction(JsonElement Value, JsonPlace Place, string? Owner, string? Licence);
