using System.Text.Json;

namespace AgentScaler.Models.Structured;

/// <summary>A question that is answered by JSON.</summary>
/// <typeparam name="T">What the answer is read as, by the rules of our own documents.</typeparam>
public sealed record StructuredQuestion<T>
    where T : class
{
    /// <summary>What the answer is called, <c>[a-z_]</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The system's message.</summary>
    public required string System { get; init; }

    /// <summary>The user's message.</summary>
    public required string Text { get; init; }

    /// <summary>JSON Schema that the answer must fit.</summary>
    public required JsonElement Schema { get; init; }

    /// <summary>What is wrong with an answer that fits the schema, a sentence each; empty if nothing is.</summary>
    public Func<T, IReadOnlyList<string>> Check { get; init; } = _ => [];

    /// <summary>0-based trial, for calls that ask the same and shall get answers of their own.</summary>
    public int Trial { get; init; }
}
