using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentScaler.Environments.Audit;

/// <summary>A call of an audit that reached the tool's program, and what came of it: what a changed program is compared with.</summary>
/// <param name="Case">Why the call was made.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Error">The error's code, or null.</param>
/// <param name="Outcome">The first 16 hexadecimal digits of SHA-256 over the result's text, a line feed and the state hash after it.</param>
public sealed record AuditTrial(AuditCase Case, JsonElement Arguments, string? Error, string Outcome)
{
    /// <summary>The rows of the tool's collection when the call was made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public AuditState State { get; init; }
}
