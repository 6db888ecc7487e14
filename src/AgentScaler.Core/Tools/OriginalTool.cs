using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentScaler.Tools;

/// <summary>What a tool's document says where a model made it more explicit, and by which model and prompt.</summary>
/// <param name="Description">The description of the document.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Returns">Its result; null if it declares none.</param>
/// <param name="Model">The model.</param>
/// <param name="Prompt">Name and version of the prompt.</param>
public sealed record OriginalTool(
    string Description,
    JsonElement Parameters,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Returns,
    string Model,
    string Prompt);
