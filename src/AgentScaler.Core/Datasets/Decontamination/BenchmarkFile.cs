namespace AgentScaler.Datasets.Decontamination;

/// <summary>A file of the benchmark, and what it held.</summary>
/// <param name="Name">Its path, from the folder that was named, or that the named file is in.</param>
/// <param name="Problem">Why it, or a part of it, was not read; null if all was. A file of another type, a licence perhaps, is not broken.</param>
public sealed record BenchmarkFile(string Name, long Tools, long Policies, long Intents, long Rows, string? Problem)
{
    /// <summary>Whether it is of a type that benchmark data has, and could not be read, or not all of it: it should have been compared.</summary>
    public bool IsBroken { get; init; }

    /// <summary>Whether there is anything in it to compare with.</summary>
    public bool HasAny => Tools + Policies + Intents + Rows > 0;
}
