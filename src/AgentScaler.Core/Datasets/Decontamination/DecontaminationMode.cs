namespace AgentScaler.Datasets.Decontamination;

/// <summary>What is done with contaminated trajectories.</summary>
public enum DecontaminationMode
{
    /// <summary>They are reported.</summary>
    Report,

    /// <summary>A dataset without them is written to another folder.</summary>
    Exclude,

    /// <summary>A file beside the dataset says of each trajectory whether it is contaminated; the rows stay as they are.</summary>
    Mark,
}
