namespace AgentScaler.Datasets.Writers;

/// <summary>What of a dataset a file is made from.</summary>
/// <param name="Path">Where it stands in the campaign's folder.</param>
public sealed record ExportInput(string Path)
{
    /// <summary>The kept trajectories.</summary>
    public static readonly ExportInput Trajectories = new("dataset/canonical.jsonl");

    /// <summary>Kept and rejected episodes side by side; a dataset may have none.</summary>
    public static readonly ExportInput Preferences = new("dataset/preferences.jsonl");

    /// <summary>The tasks with their ground truth; a dataset that was made before there were any has none.</summary>
    public static readonly ExportInput Tasks = new("dataset/tasks.jsonl");
}
