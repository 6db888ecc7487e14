using System.Text.Json;

namespace AgentScaler.Environments.Engine;

/// <summary>A row as the host keeps it: its one text, which is its content, and its summand of the state hash. Immutable.</summary>
internal sealed class StoredRow(RowForm form, string key, string canonical)
{
    // Boxed, so that they are seen whole or not at all; two threads may both make one, and either is as good.
    private object? element;
    private object? hash;

    /// <summary>All fields: canonical JSON, or what Python's json.dumps writes where the environment's values are Python's.</summary>
    public string Canonical => canonical;

    /// <summary>SHA-256 over key and row, volatile fields left out, set-like arrays sorted; made when first asked for.</summary>
    public HashSum Hash => (HashSum)(hash ??= form.Hash(key, canonical));

    /// <summary>The row; parsed once, when first asked for.</summary>
    public JsonElement Element => (JsonElement)(element ??= JsonElement.Parse(canonical, new JsonDocumentOptions { MaxDepth = 256 }));
}
