namespace AgentScaler.Datasets.Writers;

/// <summary>Where something was lost.</summary>
/// <param name="Id">Id of the episode, pair or task.</param>
/// <param name="Place">Where in its record, e.g. <c>$.messages[3].content</c>.</param>
public sealed record LostPlace(string Id, string Place);
