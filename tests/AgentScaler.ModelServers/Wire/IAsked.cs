using AgentScaler.ModelServers.Faults;

namespace AgentScaler.ModelServers.Wire;

/// <summary>Something that a model is asked for.</summary>
internal interface IAsked
{
    /// <summary>The model.</summary>
    string Model { get; }

    /// <summary>Tokens of the request.</summary>
    long PromptTokens { get; }

    /// <summary>The most tokens of request and answer.</summary>
    long MostTokens { get; }

    /// <summary>Makes the answer.</summary>
    /// <param name="id">Tells answers of different requests apart.</param>
    ValueTask<MadeAnswer> MakeAsync(FaultDraw draw, string id, CancellationToken cancellation);
}
