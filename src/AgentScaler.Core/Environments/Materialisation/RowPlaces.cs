using System.Text.Json.Nodes;
using AgentScaler.Determinism;
using AgentScaler.Environments.Materialisation.Values;
using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Where one row belongs: its owners from the outermost inwards, so that a resource group lies in one of its subscription's.</summary>
internal sealed class RowPlaces
{
    private readonly Dictionary<string, JsonNode> places = new(StringComparer.Ordinal);

    /// <summary>Draws where a row belongs; what its key says of that holds.</summary>
    /// <param name="references">The rows that it refers to, by field.</param>
    public RowPlaces(CollectionSpec collection, JsonNode key, Subject about, IReadOnlyDictionary<string, JsonNode> references, Owners owners, SeededRandom random)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        if (ResourceName.FormOf(collection.Fields.First(field => field.Name == collection.Key).Type) is { } whole)
        {
            Learn(known, whole, key.ToString());
        }

        var above = "";
        foreach (var field in collection.Fields.Where(field => field.Name != collection.Key && (OwnerChains.IsOwner(collection, field) || Owners.DepthOf(field.Type) is not null))
            .OrderBy(field => Owners.DepthOf(field.Type) ?? 0))
        {
            var depth = Owners.DepthOf(field.Type);
            if (field.References is not null)
            {
                // What lies below a row lies below that one alone.
                above += references.TryGetValue(field.Name, out var row) ? "/" + row : "";
                continue;
            }

            var form = ResourceName.FormOf(field.Type);
            var value = form is not null ? owners.Fill(form, known, random)
                : known.TryGetValue(Stem(field.Name), out var said) ? said
                : owners.Pick(field.Name, field.Type, depth is null ? "" : above, random);
            if (form is not null)
            {
                Learn(known, form, value);
            }

            known.TryAdd(Stem(field.Name), value);
            above += depth is null ? "" : "/" + value;
            places[field.Name] = ResultReader.TypeOf(field.Type) is "integer" or "number" && long.TryParse(value, out var number) ? JsonValue.Create(number) : JsonValue.Create(value);
        }

        foreach (var field in collection.Fields.Where(field => field.Name != collection.Key && field.References is null && !places.ContainsKey(field.Name)))
        {
            if (ResourceName.FormOf(field.Type) is { } form)
            {
                places[field.Name] = JsonValue.Create(owners.Fill(form, known, random));
            }
            else if (Words.Tokens(field.Name) is ["arn"] && ResultReader.TypeOf(field.Type) == "string")
            {
                places[field.Name] = KeyForms.Make(field.Name, field.Type, collection.Entity, about, owners, random);
            }
        }
    }

    /// <summary>What a field says of where the row belongs; null if it says something else.</summary>
    public JsonNode? Of(FieldSpec field) => places.GetValueOrDefault(field.Name)?.DeepClone();

    private static void Learn(Dictionary<string, string> known, string form, string value)
    {
        foreach (var (segment, part) in form.Split('/').Zip(value.Split('/')).Where(pair => pair.First.StartsWith('{')))
        {
            known.TryAdd(segment.Trim('{', '}'), part);
        }
    }

    private static string Stem(string name)
    {
        var tokens = Words.Tokens(name);
        return string.Join('_', tokens.Count > 1 && tokens[^1] is "id" or "name" or "number" ? tokens.SkipLast(1) : tokens);
    }
}
