namespace AgentScaler.Training;

/// <summary>How a phase is trained.</summary>
/// <param name="Epochs">Passes over the file.</param>
/// <param name="LearningRateMultiplier">Of the trainer's own rate.</param>
/// <param name="Shuffle">Whether the trainer may shuffle: not where the file's order is a curriculum.</param>
public sealed record PlanHyperparameters(int Epochs, double LearningRateMultiplier, bool Shuffle);
