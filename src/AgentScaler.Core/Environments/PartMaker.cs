namespace AgentScaler.Environments;

/// <summary>Who made a part of an environment.</summary>
public enum PartMaker
{
    /// <summary>The embedded materialiser.</summary>
    Embedded,

    /// <summary>A model.</summary>
    Model,

    /// <summary>A person gave it.</summary>
    Given,
}
