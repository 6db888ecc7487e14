namespace AgentScaler.Datasets.Masks;

/// <summary>One text to train on, with the stretches that the loss covers; a line of the masks' file.</summary>
/// <param name="Episode">The trajectory's id.</param>
/// <param name="Part">0-based; a trajectory is one sample, or one for each of the user's turns where the template drops earlier reasoning.</param>
/// <param name="Parts">How many samples the trajectory is.</param>
/// <param name="Text">What the template renders, without a generation prompt.</param>
/// <param name="Spans">Sorted, apart from each other; empty where nothing is to be learnt.</param>
public sealed record MaskSample(string Episode, int Part, int Parts, string Text, IReadOnlyList<MaskSpan> Spans);
