using Microsoft.Extensions.AI;

namespace AgentScaler.Core.Tests.Models;

/// <summary>What a model is asked.</summary>
/// <param name="Name">What the answer is called.</param>
/// <param name="System">The system's message.</param>
/// <param name="Text">The first message of the user.</param>
/// <param name="Messages">The whole conversation, with what was told back.</param>
internal sealed record Asked(string Name, string System, string Text, IReadOnlyList<ChatMessage> Messages)
{
    /// <summary>0 for the first time that a question is put, n for the n-th time that a fault was told back.</summary>
    public int Attempt => (Messages.Count - 2) / 2;

    public override string ToString() => $"{Name}, attempt {Attempt}";
}
