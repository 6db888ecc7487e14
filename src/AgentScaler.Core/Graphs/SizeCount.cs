namespace AgentScaler.Graphs;

/// <summary>One bar of the histogram of domain sizes.</summary>
/// <param name="Tools">Tools in a domain.</param>
/// <param name="Domains">Domains of that size.</param>
public sealed record SizeCount(int Tools, int Domains);
