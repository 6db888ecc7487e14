using System.Text.Json;

namespace AgentScaler.Tasks;

/// <summary>One call of the proven sequence.</summary>
/// <param name="Arguments">A JSON object.</param>
/// <param name="Origins">One per argument, sorted by parameter.</param>
/// <param name="Writes">Whether the call changed state when it was executed.</param>
/// <param name="Result">The recorded result, JSON text.</param>
public sealed record GoldCall(string Tool, JsonElement Arguments, IReadOnlyList<ArgumentOrigin> Origins, bool Writes, string Result);
