using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Environments.Engine;

/// <summary>How the rows of one collection are brought to their canonical form and hashed (pipeline.md, determinism contract).</summary>
internal sealed class RowForm
{
    private readonly HashSet<string> volatileFields;
    private readonly HashSet<string> setLikeFields;
    private readonly ValueRules values;

    /// <summary>Reads the marks of the collection's fields.</summary>
    public RowForm(CollectionSpec collection, ValueRules values)
    {
        this.values = values;
        volatileFields = [.. collection.Fields.Where(field => field.Volatile).Select(field => field.Name)];
        setLikeFields = [.. collection.Fields.Where(field => field.SetLike).Select(field => field.Name)];
    }

    /// <summary>Makes the stored form of a row that a program wrote; null if it was deleted.</summary>
    public StoredRow? Store(WrittenRow row)
    {
        if (row.Text is null || row.IsCanonical)
        {
            return row.Text is null ? null : new StoredRow(this, row.Key, row.Text);
        }

        using var document = JsonDocument.Parse(row.Text, new JsonDocumentOptions { MaxDepth = 256 });
        return Store(row.Key, document.RootElement);
    }

    /// <summary>Makes the stored form of a row.</summary>
    public StoredRow Store(string key, JsonElement row) => new(this, key, values == ValueRules.Python ? PythonText.Dumps(row) : CanonicalJson.Write(row));

    /// <summary>A row's summand of the state hash.</summary>
    public HashSum Hash(string key, string text)
    {
        var canonical = values == ValueRules.Python ? CanonicalJson.Rewrite(text, NumberForm.Typed) : text;
        var writer = CanonicalWriter.Shared();
        writer.AppendString(key);
        if (volatileFields.Count > 0 || setLikeFields.Count > 0)
        {
            AppendHashed(writer, canonical);
        }
        else
        {
            writer.AppendText(canonical);
        }

        Span<byte> hash = stackalloc byte[HashSum.Size];
        SHA256.HashData(writer.Written, hash);
        return HashSum.Read(hash);
    }

    /// <summary>Appends the row without its volatile fields and with its set-like arrays sorted by canonical text.</summary>
    private void AppendHashed(CanonicalWriter writer, string canonical)
    {
        using var document = JsonDocument.Parse(canonical, new JsonDocumentOptions { MaxDepth = 256 });
        writer.Append((byte)'{');
        var first = true;
        foreach (var property in document.RootElement.EnumerateObject())
        {
            var name = JsonText.NameOf(property);
            if (volatileFields.Contains(name))
            {
                continue;
            }

            if (!first)
            {
                writer.Append((byte)',');
            }

            first = false;
            writer.AppendString(name);
            writer.Append((byte)':');
            if (setLikeFields.Contains(name) && property.Value.ValueKind == JsonValueKind.Array)
            {
                AppendSet(writer, property.Value);
            }
            else
            {
                writer.Append(property.Value, values == ValueRules.Python ? NumberForm.Typed : NumberForm.Loose);
            }
        }

        writer.Append((byte)'}');
    }

    private static void AppendSet(CanonicalWriter writer, JsonElement array)
    {
        // Canonical already, so the raw text of an item is its canonical text.
        var items = array.EnumerateArray().Select(item => item.GetRawText()).ToArray();
        Array.Sort(items, CanonicalJson.CompareKeys);
        writer.Append((byte)'[');
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0)
            {
                writer.Append((byte)',');
            }

            writer.Append(Encoding.UTF8.GetBytes(items[i]));
        }

        writer.Append((byte)']');
    }
}
