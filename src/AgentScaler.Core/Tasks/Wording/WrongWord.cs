using System.Text.Json;

namespace AgentScaler.Tasks.Wording;

/// <summary>What a user says wrongly and corrects in the same breath.</summary>
/// <param name="Parameter">The argument of the goal that it stands for.</param>
/// <param name="Wrong">The value said first; for a row its label.</param>
internal sealed record WrongWord(string Parameter, JsonElement Wrong);
