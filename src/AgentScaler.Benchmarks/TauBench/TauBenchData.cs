using System.Globalization;
using System.Text.Json;

namespace AgentScaler.Benchmarks.TauBench;

/// <summary>The data of one domain: database, tools, wiki, tasks; read from the folder the user names.</summary>
public sealed class TauBenchData(TauBenchDomain domain, BenchmarkFolder folder)
{
    /// <summary>The benchmark's name, as its data folder has it.</summary>
    public const string Benchmark = "tau_bench";

    /// <summary>Opens the data of a domain.</summary>
    /// <param name="data">The data's root, or a folder below it; see <see cref="BenchmarkFolder.Find"/>.</param>
    /// <exception cref="BenchmarkDataException">It is not there.</exception>
    public static TauBenchData Open(string data, TauBenchDomain domain) => new(domain, BenchmarkFolder.Find(data, Benchmark, domain.Name));

    /// <summary>The domain.</summary>
    public TauBenchDomain Domain => domain;

    /// <summary>Where the data is.</summary>
    public BenchmarkFolder Folder => folder;

    /// <summary>The tasks of a split that the folder has, by id; empty where it has none.</summary>
    /// <param name="split"><c>test</c>, <c>dev</c> or <c>train</c>.</param>
    /// <exception cref="BenchmarkDataException">The file is malformed.</exception>
    public IReadOnlyDictionary<string, TauBenchTask> ReadTasks(string split)
    {
        var name = $"tasks_{split}.json";
        if (!folder.Has(name))
        {
            return new Dictionary<string, TauBenchTask>();
        }

        try
        {
            return folder.ReadJson(name).EnumerateArray().Select(task => ReadTask(task, split)).ToDictionary(task => task.Id, StringComparer.Ordinal);
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new BenchmarkDataException(System.IO.Path.Combine(folder.Path, name), "whole file", "expected [{index, user_id, instruction, actions: [{name, kwargs}], outputs: [text]}]: " + e.Message, e);
        }
    }

    private TauBenchTask ReadTask(JsonElement task, string split) => new(
        string.Create(CultureInfo.InvariantCulture, $"{Benchmark}/{domain.Name}/{split}/{task.GetProperty("index").GetInt32()}"),
        task.GetProperty("instruction").GetString()!,
        [.. task.GetProperty("actions").EnumerateArray().Select(action => new TauBenchAction(action.GetProperty("name").GetString()!, action.GetProperty("kwargs")))],
        [.. task.GetProperty("outputs").EnumerateArray().Select(output => output.GetString()!)]);
}
