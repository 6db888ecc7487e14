using System.Text.Json;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Tasks.Wording;

/// <summary>Names and values as people say them: names in English words, which a grammar may have words of its own for.</summary>
internal static class SpokenWords
{
    /// <summary>A name in words.</summary>
    public static string Plain(string name) => Words.Spoken(name);

    /// <summary>What the value of a parameter names: <c>resourceGroupName</c> a resource group, <c>client_scope_id1</c> a client scope.</summary>
    public static string Stem(string parameter)
    {
        var words = Words.Tokens(parameter).ToList();
        while (words.Count > 1 && words[^1].All(char.IsAsciiDigit))
        {
            words.RemoveAt(words.Count - 1);
        }

        return Words.Spoken(string.Join('_', words.Count > 1 && words[^1] is "id" or "sid" or "uuid" or "name" ? words.SkipLast(1) : words));
    }

    /// <summary>What people call a parameter's value: ids by what they name.</summary>
    public static string NameOf(string parameter) => Words.Tokens(parameter) is { Count: > 1 } words && words[^1] is "id" or "sid" or "uuid" ? Stem(parameter) : Plain(parameter);

    /// <summary>A value in a sentence: text as it is, lists by commas, objects as name and value.</summary>
    public static string Say(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Say)),
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(property => $"{Plain(property.Name)} {Say(property.Value)}")),
        _ => value.GetRawText(),
    };

    /// <summary>A value as one could say it in an answer, or null for what nobody says in a sentence.</summary>
    public static string? Sayable(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when value.GetString() is { Length: > 1 and < 120 } text && !text.Contains('\n', StringComparison.Ordinal) => text,
        JsonValueKind.Number when value.GetRawText() is { Length: > 1 } text => text,
        _ => null,
    };

    /// <summary>Whether a value says nothing: an empty text, list or object.</summary>
    public static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => string.IsNullOrWhiteSpace(value.GetString()),
        JsonValueKind.Array => value.EnumerateArray().All(IsEmpty),
        JsonValueKind.Object => value.EnumerateObject().All(property => IsEmpty(property.Value)),
        JsonValueKind.Null => true,
        _ => false,
    };

    /// <summary>Whether a text of several words wants quotation marks in a sentence, and can have them.</summary>
    public static bool WantsQuotes(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString()!.AsSpan().IndexOfAny(' ', ';', ':') >= 0 && !value.GetString()!.Contains('"', StringComparison.Ordinal);

    /// <summary>Whether somebody might want to know a field: not a key if there is more, and not what is the same for every row.</summary>
    public static bool IsWorthAsking(CollectionSpec collection, string name) =>
        !name.Contains('.', StringComparison.Ordinal) && (name != collection.Key || collection.Fields.Count < 4)
        && FieldSchemas.EnumOf(collection.Fields.First(field => field.Name == name).Type).Count != 1;

    /// <summary>Whether a field is for machines: people ask for it where there is nothing else.</summary>
    public static bool IsForMachines(string field) => field.StartsWith('@') || Paging.RoleOf(field) != Paging.Role.None || Words.Tokens(field) is ["total", "pages" or "size" or "count"] || Words.Tokens(field) is not { Count: > 0 } tokens
        || tokens[^1] is "id" or "sid" or "uuid" or "uid" or "guid" or "etag" or "hash" or "sha" or "sha256" or "token" or "digest" or "signature" or "cursor" or "url" or "uri" or "link" or "href" or "kind" or "key" or "version";
}
