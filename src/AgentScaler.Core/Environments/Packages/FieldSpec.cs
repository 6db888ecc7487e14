using System.Text.Json;

namespace AgentScaler.Environments.Packages;

/// <summary>A field of the rows of a collection.</summary>
/// <param name="Name">Its name in the row.</param>
/// <param name="Type">JSON Schema of its value.</param>
/// <param name="Required">Whether every row has it.</param>
/// <param name="References">The collection whose key it holds, or null.</param>
/// <param name="Volatile">Left out of hashes (a timestamp nobody can predict).</param>
/// <param name="SetLike">An array whose order carries no meaning; sorted in the canonical form.</param>
public sealed record FieldSpec(
    string Name, JsonElement Type, bool Required = false, string? References = null, bool Volatile = false, bool SetLike = false);
