namespace AgentScaler.Models;

/// <summary>What is done with the replies of models. They are kept in the artifact store, each under a hash of what was asked.</summary>
public enum ReplyMode
{
    /// <summary>Kept, and taken from there when the same is asked again.</summary>
    Cache,

    /// <summary>Only taken from there: what was never asked before is an error, and nothing is spent.</summary>
    Replay,

    /// <summary>Neither kept nor taken.</summary>
    Off,
}
