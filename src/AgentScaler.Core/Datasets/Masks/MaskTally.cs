namespace AgentScaler.Datasets.Masks;

/// <summary>Counts what a template leaves out while it renders.</summary>
internal sealed class MaskTally
{
    public long ReasoningLost { get; set; }

    public long TextLost { get; set; }

    public long CallsSpread { get; set; }
}
