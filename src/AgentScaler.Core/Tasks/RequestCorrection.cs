using System.Text.Json;

namespace AgentScaler.Tasks;

/// <summary>What the user says wrongly in a request and takes back in the same breath; gold goes by what is meant.</summary>
/// <param name="Call">The 0-based gold call that would have taken it.</param>
/// <param name="Parameter">The argument that it stands for.</param>
/// <param name="Wrong">The value said first.</param>
public sealed record RequestCorrection(int Call, string Parameter, JsonElement Wrong);
