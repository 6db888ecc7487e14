namespace AgentScaler.Training;

/// <summary>What planning needs of a trajectory: 40 bytes.</summary>
/// <param name="Offset">Where its line begins.</param>
/// <param name="Length">Bytes of its line, the line feed among them.</param>
/// <param name="Key">Seeded hash of its id: its place in a random order.</param>
/// <param name="Environment">Number of its environment.</param>
/// <param name="Domain">Number of its domain.</param>
/// <param name="Band">0 easy, 1 medium (or not known), 2 hard, 3 unsolved.</param>
internal readonly record struct PhaseRow(long Offset, int Length, ulong Key, int Environment, int Domain, byte Band);
