namespace AgentScaler.Tasks.Abstention;

/// <summary>A fact that the user does not say by itself.</summary>
/// <param name="Parameter">The argument it is.</param>
/// <param name="Name">What it is called, in words: who asks for it names it so.</param>
/// <param name="Answer">What the user says when asked for it.</param>
/// <param name="Facts">What the answer gives away, text by text; empty where it gives nothing.</param>
public sealed record WithheldFact(string Parameter, string Name, string Answer, IReadOnlyList<string> Facts);
