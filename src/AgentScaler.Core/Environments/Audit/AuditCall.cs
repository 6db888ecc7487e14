using System.Text.Json;

namespace AgentScaler.Environments.Audit;

/// <summary>A call that an audit makes on the initial state.</summary>
/// <param name="Case">Why it is made.</param>
/// <param name="What">What is special about it, in words: <c>without book_id</c>.</param>
/// <param name="Arguments">A JSON object.</param>
/// <param name="Expected">What must come of it.</param>
internal sealed record AuditCall(AuditCase Case, string What, JsonElement Arguments, AuditExpectation Expected);
