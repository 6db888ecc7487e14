namespace AgentScaler.Datasets.Decontamination;

/// <summary>What a finding proves.</summary>
public enum ContaminationStrength
{
    /// <summary>May well be chance; reported, nothing follows from it.</summary>
    Weak,

    /// <summary>The trajectory, or all of its environment, is contaminated.</summary>
    Strong,
}
