using System.Text.Json.Nodes;
using AgentScaler.Determinism;
using AgentScaler.Environments.Materialisation.Values;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Draws the keys of rows, each once, in the form that their document gives.</summary>
internal static class RowKeys
{
    private const int AttemptsPerKey = 20;

    /// <summary>Draws keys; fewer than wanted if their form does not give as many.</summary>
    /// <param name="values">The stream that the rows' other values come from.</param>
    public static IReadOnlyList<RowStart> Draw(CollectionSpec collection, int count, FieldValues values, Owners owners, SeededRandom random)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var starts = new List<RowStart>(count);
        for (var attempt = 0; attempt < AttemptsPerKey * count && starts.Count < count; attempt++)
        {
            var start = One(collection, values, owners, random);
            if (seen.Add(StoredKey.Of(start.Key)))
            {
                starts.Add(start);
            }
        }

        return starts;
    }

    /// <summary>Draws keys until one is free; the last of many if their form gives no free one.</summary>
    public static RowStart Free(CollectionSpec collection, Func<string, bool> isTaken, FieldValues values, Owners owners, SeededRandom random)
    {
        var start = One(collection, values, owners, random);
        for (var attempt = 0; attempt < AttemptsPerKey && isTaken(StoredKey.Of(start.Key)); attempt++)
        {
            start = One(collection, values, owners, random);
        }

        return start;
    }

    private static RowStart One(CollectionSpec collection, FieldValues values, Owners owners, SeededRandom random)
    {
        var field = collection.Fields.First(field => field.Name == collection.Key);
        var about = values.NewSubject(collection.Entity);
        if (ResourceName.FormOf(field.Type) is { } form && ResourceName.KeysOf(form) is [.., var last])
        {
            return new RowStart(JsonValue.Create(owners.Fill(form, new Dictionary<string, string> { [last] = about.Slug }, random)), about);
        }

        return new RowStart(KeyForms.Make(field.Name, field.Type, collection.Entity, about, owners, random), KeyForms.IsName(field.Name, field.Type) ? about : null);
    }
}
