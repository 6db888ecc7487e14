using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Environments.Engine;

/// <summary>An environment package made ready: rows canonical and hashed, programs checked, schemas compiled. Immutable; shared by all its sessions.</summary>
public sealed class LoadedEnvironment
{
    private readonly FrozenDictionary<string, BaseCollection> byName;
    private readonly FrozenDictionary<string, LoadedTool> tools;
    private readonly Lazy<string> setup;
    private readonly Lazy<string> sandbox;

    private LoadedEnvironment(EnvironmentPackage package, BaseCollection[] collections, LoadedTool[] tools)
    {
        Package = package;
        Collections = collections;
        Tools = tools;
        byName = collections.ToFrozenDictionary(collection => collection.Spec.Name, StringComparer.Ordinal);
        this.tools = tools.ToFrozenDictionary(tool => tool.Tool.Name, StringComparer.Ordinal);
        StateHash = StateHashing.Of(this, [.. collections.Select(collection => collection.Sum)]);
        setup = new Lazy<string>(() => IsolateSetup.Write(this));
        sandbox = new Lazy<string>(() => IsolateSetup.HashOf(this));
    }

    /// <summary>The package it was loaded from.</summary>
    public EnvironmentPackage Package { get; }

    /// <summary>Hash of the initial state, 64 hexadecimal digits.</summary>
    public string StateHash { get; }

    /// <summary>Which of its numbers are equal.</summary>
    internal NumberForm Numbers => Package.Values == ValueRules.Python ? NumberForm.Typed : NumberForm.Loose;

    /// <summary>Collections, sorted by name.</summary>
    internal IReadOnlyList<BaseCollection> Collections { get; }

    /// <summary>Tools, in the order of their numbers.</summary>
    internal IReadOnlyList<LoadedTool> Tools { get; }

    /// <summary>What an isolate is told of this environment; written when the first isolate asks.</summary>
    internal string Setup => setup.Value;

    /// <summary>Hash of all that an isolate knows of this environment: those of equal ones serve each other, so that a package that is loaded again takes no new isolate.</summary>
    internal string Sandbox => sandbox.Value;

    /// <summary>The frozen time as programs see it: ISO 8601, UTC, ending in <c>Z</c>.</summary>
    internal string Now => Package.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Makes a package ready to run.</summary>
    /// <exception cref="PackageException">The package is broken; the message names file and place.</exception>
    public static LoadedEnvironment Load(EnvironmentPackage package)
    {
        PackageCheck.Check(package);
        var collections = package.Schema.Collections
            .OrderBy(collection => collection.Name, Comparer<string>.Create(CanonicalJson.CompareKeys))
            .Select((spec, index) => LoadCollection(package, spec, index))
            .ToArray();
        var tools = package.Tools.Select(LoadTool).ToArray();
        return new LoadedEnvironment(package, collections, tools);
    }

    /// <summary>The tool of that name, or null.</summary>
    internal LoadedTool? FindTool(string name) => tools.GetValueOrDefault(name);

    /// <summary>The collection of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    internal BaseCollection Collection(string name) => byName.TryGetValue(name, out var collection)
        ? collection
        : throw new ArgumentException($"environment '{Package.Id}' has no collection '{name}'", nameof(name));

    private static BaseCollection LoadCollection(EnvironmentPackage package, CollectionSpec spec, int index)
    {
        var form = new RowForm(spec, package.Values);
        var rows = new Dictionary<string, StoredRow>(StringComparer.Ordinal);
        var keys = new List<string>();
        var sum = default(HashSum);
        foreach (var row in package.State.Where(row => row.Collection == spec.Name))
        {
            var stored = form.Store(row.Key, row.Row);
            rows.Add(row.Key, stored);
            keys.Add(row.Key);
            sum += stored.Hash;
        }

        if (package.Values == ValueRules.Json)
        {
            keys.Sort(CanonicalJson.CompareKeys);
        }

        return new BaseCollection { Index = index, Spec = spec, Form = form, Rows = rows, Keys = keys, Sum = sum };
    }

    private static LoadedTool LoadTool(PackageTool tool, int index)
    {
        JsonSchema schema;
        try
        {
            schema = JsonSchema.Compile(tool.Spec.Parameters);
        }
        catch (JsonException e)
        {
            throw new PackageException(PackageFiles.Tools, $"$[{index}].spec.parameters", e.Message, e);
        }

        return new LoadedTool(index, tool, schema, ProgramCheck.Check(PackageFiles.Program(tool.Name), tool.Program));
    }
}
