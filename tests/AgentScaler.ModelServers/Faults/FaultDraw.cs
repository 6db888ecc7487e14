namespace AgentScaler.ModelServers.Faults;

/// <summary>What befalls one request.</summary>
/// <param name="Transport">On its way; null for nothing.</param>
/// <param name="Semantic">To its answer, if it can; null for nothing.</param>
/// <param name="Choice">Bits that decide between the forms of a fault.</param>
internal readonly record struct FaultDraw(TransportFault? Transport, SemanticFault? Semantic, ulong Choice);
