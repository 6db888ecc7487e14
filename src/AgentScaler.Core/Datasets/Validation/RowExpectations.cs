using System.Text.Json;

namespace AgentScaler.Datasets.Validation;

/// <summary>What a row must look like; whatever does not is reported with its place.</summary>
/// <param name="report">Told place and expectation.</param>
internal sealed class RowExpectations(Action<string, string> report)
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 256 };

    /// <summary>Reports an expectation that was not met.</summary>
    public void Fail(string path, string expected) => report(path, expected);

    /// <summary>Whether a value is of a kind; if not, that is reported.</summary>
    public bool Is(JsonElement value, string path, JsonValueKind kind)
    {
        if (value.ValueKind == kind)
        {
            return true;
        }

        report(path, $"expected {kind.ToString().ToLowerInvariant()}, found {value.ValueKind.ToString().ToLowerInvariant()}");
        return false;
    }

    /// <summary>Whether an object has a member of a kind; if not, that is reported.</summary>
    public bool Has(JsonElement parent, string path, string name, JsonValueKind kind, out JsonElement value)
    {
        if (parent.TryGetProperty(name, out value))
        {
            return Is(value, path + "." + name, kind);
        }

        report(path + "." + name, "expected this key, found none");
        return false;
    }

    /// <summary>A member that must be a text; null, and reported, if it is none.</summary>
    public string? Text(JsonElement parent, string path, string name) =>
        Has(parent, path, name, JsonValueKind.String, out var value) ? value.GetString() : null;

    /// <summary>A member that must be true or false; null, and reported, if it is neither.</summary>
    public bool? Flag(JsonElement parent, string path, string name)
    {
        if (parent.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        report(path + "." + name, "expected true or false");
        return null;
    }

    /// <summary>Reports every key that is not among those a consumer knows.</summary>
    public void OnlyKeys(JsonElement parent, string path, params ReadOnlySpan<string> known)
    {
        foreach (var property in parent.EnumerateObject())
        {
            if (!known.Contains(property.Name))
            {
                report($"{path}.{property.Name}", $"expected one of {string.Join(", ", known)}");
            }
        }
    }

    /// <summary>A member that must be a text holding JSON of a kind; null, and reported, if it is not.</summary>
    public JsonElement? Embedded(JsonElement parent, string path, string name, JsonValueKind kind) =>
        Text(parent, path, name) is { } text ? Parse(text, path + "." + name, kind) : null;

    /// <summary>A text that must hold JSON of a kind; null, and reported, if it does not.</summary>
    public JsonElement? Parse(string text, string path, JsonValueKind? kind)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Deep);
            return kind is not { } wanted || Is(document.RootElement, path, wanted) ? document.RootElement.Clone() : null;
        }
        catch (JsonException e)
        {
            report(path, $"expected a text that holds JSON: {e.Message}");
            return null;
        }
    }
}
