using System.Text.Json.Serialization;
using AgentScaler.Funnel.Difficulty;

namespace AgentScaler.Reports;

/// <summary>The part of a line of <c>difficulty.jsonl</c> that a report needs (<see cref="TaskDifficulty"/> has it all).</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record TaskStanding(
    [property: JsonRequired] string Task,
    [property: JsonRequired] int Trials,
    [property: JsonRequired] int Passed,
    [property: JsonRequired] int Spoilt,
    [property: JsonRequired] DifficultyBand Band);
