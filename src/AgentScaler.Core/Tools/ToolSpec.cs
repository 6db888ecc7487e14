using System.Text.Json;

namespace AgentScaler.Tools;

/// <summary>One tool in normal form, whatever dialect it was read from.</summary>
public sealed record ToolSpec
{
    /// <summary>Content-derived id, <c>tool-...</c>.</summary>
    public required string Id { get; init; }

    /// <summary>A callable name, <c>[a-z][a-z0-9_]{2,63}</c>, unique in the catalogue.</summary>
    public required string Name { get; init; }

    /// <summary>The name as the document has it: a function name, an <c>operationId</c>, or <c>GET /path</c>.</summary>
    public required string OriginalName { get; init; }

    /// <summary>What the tool does, plain text without markup.</summary>
    public required string Description { get; init; }

    /// <summary>
    /// JSON Schema of the arguments: an object with <c>properties</c>, <c>required</c> (sorted) and <c>additionalProperties: false</c>. References
    /// are inlined. A property may carry <c>x-in</c> (<c>path</c>, <c>query</c>, <c>header</c>, <c>body</c>); a path parameter <c>x-segment</c>, the
    /// literal path segment before it (<c>/books/{id}</c>: <c>books</c>); any may carry <c>x-boilerplate: true</c> (shared by most of its provider's tools).
    /// </summary>
    public required JsonElement Parameters { get; init; }

    /// <summary>JSON Schema of a successful result, or null if the document declares none.</summary>
    public JsonElement? Returns { get; init; }

    /// <summary>The HTTP method in upper case, or null for a function.</summary>
    public string? Method { get; init; }

    /// <summary>The path template, or null for a function.</summary>
    public string? Path { get; init; }

    /// <summary>
    /// How well the document describes it, 0-1 in hundredths: 0.30 for the description (its words, full at 12), 0.25 for the share of parameters that are
    /// described, 0.15 for the share whose type is known, 0.20 for a result (half of it for one without members), 0.10 for a name of two words or more. Without
    /// parameters their part counts in full. Null in environments, which it says nothing about.
    /// </summary>
    public double? Quality { get; init; }

    /// <summary>What the document says, where a model made the tool more explicit; null for a tool as its document has it.</summary>
    public OriginalTool? Original { get; init; }

    /// <summary>Tags of the document, in its order.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Where it comes from.</summary>
    public required ToolSource Source { get; init; }
}
