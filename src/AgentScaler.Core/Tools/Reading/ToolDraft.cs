using System.Text.Json;

namespace AgentScaler.Tools.Reading;

/// <summary>A tool as a reader hands it on: schemas in normal form, not yet screened, named or marked.</summary>
internal sealed record ToolDraft
{
    public required string OriginalName { get; init; }

    /// <summary>What a callable name is made of, in order of preference.</summary>
    public required IReadOnlyList<string> NameSources { get; init; }

    /// <summary>Plain texts that may describe it, in order of preference; empty ones where the document is silent.</summary>
    public required IReadOnlyList<string> Descriptions { get; init; }

    /// <summary>The normal form of <see cref="ToolSpec.Parameters"/>, canonical.</summary>
    public required JsonElement Parameters { get; init; }

    public required int ParameterCount { get; init; }

    public JsonElement? Returns { get; init; }

    public string? Method { get; init; }

    public string? Path { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public required ToolSource Source { get; init; }

    /// <summary>Why it can't be a tool at all, or null.</summary>
    public (string Reason, string Detail)? Fault { get; init; }
}
