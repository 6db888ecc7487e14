namespace AgentScaler.Datasets.Writers;

/// <summary>A message with the results of its calls.</summary>
/// <param name="Message">A message of any role but <c>tool</c>.</param>
/// <param name="Index">Its 0-based index in the list of messages.</param>
/// <param name="Results">The results of its calls in the order of the calls; empty without calls, and where the conversation ends before they came.</param>
internal readonly record struct ConversationTurn(TrajectoryMessage Message, int Index, IReadOnlyList<TrajectoryMessage> Results);
