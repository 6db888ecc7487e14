using System.Text.Json;

namespace AgentScaler.Environments.Engine;

/// <summary>A row as the host keeps it: its canonical text, which is its content, and its summand of the state hash. Immutable.</summary>
internal sealed class StoredRow(string canonical, HashSum hash)
{
    private object? element;

    /// <summary>Canonical JSON, all fields.</summary>
    public string Canonical => canonical;

    /// <summary>SHA-256 over key and row, volatile fields left out, set-like arrays sorted.</summary>
    public HashSum Hash => hash;

    /// <summary>The row; parsed once, when first asked for.</summary>
    public JsonElement Element
    {
        get
        {
            // Boxed, so that it is seen whole or not at all; two threads may both parse, and either result is as good.
            element ??= JsonElement.Parse(canonical, new JsonDocumentOptions { MaxDepth = 256 });
            return (JsonElement)element;
        }
    }
}
