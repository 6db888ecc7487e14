using System.Text.Json;
using System.Text.RegularExpressions;
using AgentScaler.Environments.Materialisation.Values.Locales;
using AgentScaler.Json;

namespace AgentScaler.Environments.Packages;

/// <summary>The cross references of a package: every name means something, every row fits its collection.</summary>
public static partial class PackageCheck
{
    private const int MaximumRowDepth = 64;

    /// <summary>Throws unless the package is whole. Programs are not looked into; that is the engine's check.</summary>
    /// <exception cref="PackageException">Something is missing, doubled or of the wrong kind.</exception>
    public static void Check(EnvironmentPackage package)
    {
        CheckLocales(package.Locales ?? []);
        var collections = CheckSchema(package.Schema);
        CheckTools(package.Tools, collections);
        CheckRules(package, collections);
        CheckState(package.State, collections);
    }

    private static void CheckLocales(IReadOnlyList<string> locales)
    {
        for (var i = 0; i < locales.Count; i++)
        {
            Require(LocaleCatalogue.Find(locales[i]) is not null, PackageFiles.Manifest, $"$.locales[{i}]", $"expected one of {LocaleCatalogue.Known}, found '{locales[i]}'");
        }
    }

    private static Dictionary<string, CollectionSpec> CheckSchema(EnvironmentSchema schema)
    {
        var collections = new Dictionary<string, CollectionSpec>(StringComparer.Ordinal);
        for (var i = 0; i < schema.Collections.Count; i++)
        {
            var collection = schema.Collections[i];
            var place = $"$.collections[{i}]";
            Require(CollectionName().IsMatch(collection.Name), PackageFiles.Schema, place + ".name", $"expected a JavaScript identifier, found '{collection.Name}'");
            Require(collections.TryAdd(collection.Name, collection), PackageFiles.Schema, place + ".name", $"the collection '{collection.Name}' is there twice");
            var fields = new HashSet<string>(StringComparer.Ordinal);
            for (var j = 0; j < collection.Fields.Count; j++)
            {
                var name = collection.Fields[j].Name;
                Require(fields.Add(name), PackageFiles.Schema, $"{place}.fields[{j}].name", $"the field '{name}' is there twice");
            }

            Require(collection.KeyOutside || fields.Contains(collection.Key), PackageFiles.Schema, place + ".key", $"expected one of its fields, found '{collection.Key}'");
            Require(collection.Label is null || fields.Contains(collection.Label), PackageFiles.Schema, place + ".label", $"expected one of its fields, found '{collection.Label}'");
        }

        for (var i = 0; i < schema.Collections.Count; i++)
        {
            for (var j = 0; j < schema.Collections[i].Fields.Count; j++)
            {
                var target = schema.Collections[i].Fields[j].References;
                Require(target is null || collections.ContainsKey(target), PackageFiles.Schema, $"$.collections[{i}].fields[{j}].references", $"there is no collection '{target}'");
            }
        }

        return collections;
    }

    private static void CheckTools(IReadOnlyList<PackageTool> tools, Dictionary<string, CollectionSpec> collections)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < tools.Count; i++)
        {
            var tool = tools[i];
            Require(names.Add(tool.Name), PackageFiles.Tools, $"$[{i}].spec.name", $"the tool '{tool.Name}' is there twice");
            Require(!string.IsNullOrWhiteSpace(tool.Program), PackageFiles.Program(tool.Name), "line 1", "the program is missing or empty");
            Require(
                collections.ContainsKey(tool.Binding.Collection) || tool.Binding is { Kind: OperationKind.Other, Collection: "" },
                PackageFiles.Tools,
                $"$[{i}].binding.collection",
                $"the tool '{tool.Name}' is bound to the collection '{tool.Binding.Collection}', which the schema does not have");
        }
    }

    private static void CheckRules(EnvironmentPackage package, Dictionary<string, CollectionSpec> collections)
    {
        var tools = package.Tools.Select(tool => tool.Name).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < package.Rules.Count; i++)
        {
            var rule = package.Rules[i];
            var place = $"$[{i}]";
            var unknown = rule.Tools.FirstOrDefault(tool => !tools.Contains(tool));
            Require(unknown is null, PackageFiles.Rules, place + ".tools", $"there is no tool '{unknown}'");
            Require(
                rule.Collection is null || (collections.TryGetValue(rule.Collection, out var collection)
                    && (rule.Field is null || collection.Fields.Any(field => field.Name == rule.Field))),
                PackageFiles.Rules,
                place,
                $"expected a collection and field of the schema, found '{rule.Collection}.{rule.Field}'");
        }
    }

    private static void CheckState(IReadOnlyList<RowData> state, Dictionary<string, CollectionSpec> collections)
    {
        var keys = new HashSet<(string, string)>();
        for (var i = 0; i < state.Count; i++)
        {
            var (name, key, row) = state[i];
            var place = $"$[{i}]";
            Require(collections.TryGetValue(name, out var collection), PackageFiles.State, place + ".collection", $"the schema has no collection '{name}'");
            Require(keys.Add((name, key)), PackageFiles.State, place + ".key", $"the key '{key}' is there twice in '{name}'");
            if (RowFault(collection!, key, row) is { } fault)
            {
                throw new PackageException(PackageFiles.State, place + ".row", fault);
            }
        }
    }

    /// <summary>What is wrong with a row of a collection, or null.</summary>
    internal static string? RowFault(CollectionSpec collection, string key, JsonElement row)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            return $"expected an object, found {row.ValueKind.ToString().ToLowerInvariant()}";
        }

        if (collection.KeyOutside)
        {
            return key.Length == 0 ? "expected a key" : ValueFault(row, 0);
        }

        if (!row.TryGetProperty(collection.Key, out var held) || KeyText(held) is not { } text)
        {
            return $"expected the key field '{collection.Key}' to hold a text or an integer";
        }

        if (text != key || key.Length == 0)
        {
            return $"the key field '{collection.Key}' holds '{text}', the row's key is '{key}'";
        }

        return ValueFault(row, 0);
    }

    private static string? KeyText(JsonElement held) => held.ValueKind switch
    {
        JsonValueKind.String => held.GetString(),
        JsonValueKind.Number when CanonicalJson.Write(held) is var text && text.All(c => char.IsAsciiDigit(c) || c == '-') => text,
        _ => null,
    };

    private static string? ValueFault(JsonElement value, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Number when !value.TryGetDouble(out var number) || !double.IsFinite(number):
                return $"the number {value.GetRawText()} is beyond a double's range";
            case JsonValueKind.Object or JsonValueKind.Array when depth == MaximumRowDepth:
                return $"nested deeper than {MaximumRowDepth}";
            case JsonValueKind.Object:
                return value.EnumerateObject().Select(property => ValueFault(property.Value, depth + 1)).FirstOrDefault(fault => fault is not null);
            case JsonValueKind.Array:
                return value.EnumerateArray().Select(item => ValueFault(item, depth + 1)).FirstOrDefault(fault => fault is not null);
            default:
                return null;
        }
    }

    private static void Require(bool holds, string file, string place, string expectation)
    {
        if (!holds)
        {
            throw new PackageException(file, place, expectation);
        }
    }

    [GeneratedRegex("^(?!__proto__$)[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex CollectionName();
}
