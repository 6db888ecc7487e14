using System.Text.Json;

namespace AgentScaler.Environments.Engine;

/// <summary>One difference between two states.</summary>
/// <param name="Path">
/// Collection, key, fields and places in arrays, as a JSON pointer: <c>/books/b1/title</c>, <c>/books/b1/tags/0</c>; <c>/books/b1</c> for a whole row.
/// </param>
/// <param name="Before">The value before, or null where there was none.</param>
/// <param name="After">The value after, or null where there is none.</param>
public sealed record StateDifference(string Path, JsonElement? Before, JsonElement? After);
