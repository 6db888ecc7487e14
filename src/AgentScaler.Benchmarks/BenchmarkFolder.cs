using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace AgentScaler.Benchmarks;

/// <summary>A folder of benchmark data, as laid out by the file README of the data: files plain or gzipped.</summary>
public sealed class BenchmarkFolder
{
    private const string Mark = "db.json";

    private BenchmarkFolder(string path) => Path = path;

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>Finds the folder of a benchmark's domain below the folder the user names, which may be the data's root, the benchmark's or the domain's.</summary>
    /// <param name="data">The folder named.</param>
    /// <param name="benchmark">For example <c>tau_bench</c>.</param>
    /// <param name="domain">For example <c>retail</c>.</param>
    /// <exception cref="BenchmarkDataException">No such folder holds a database.</exception>
    public static BenchmarkFolder Find(string data, string benchmark, string domain)
    {
        string[] candidates = [System.IO.Path.Combine(data, benchmark, domain), System.IO.Path.Combine(data, domain), data];
        var found = candidates.FirstOrDefault(path => Existing(System.IO.Path.Combine(path, Mark)) is not null);
        return found is null
            ? throw new BenchmarkDataException(data, "folder", $"expected {benchmark}/{domain}/{Mark}.gz below it")
            : new BenchmarkFolder(System.IO.Path.GetFullPath(found));
    }

    /// <summary>Whether a file is there, plain or gzipped.</summary>
    public bool Has(string name) => Existing(System.IO.Path.Combine(Path, name)) is not null;

    /// <summary>The bytes of a file.</summary>
    /// <exception cref="BenchmarkDataException">It is not there.</exception>
    public byte[] ReadBytes(string name)
    {
        var path = Existing(System.IO.Path.Combine(Path, name)) ?? throw new BenchmarkDataException(System.IO.Path.Combine(Path, name), "whole file", "it is missing, plain and gzipped");
        using var file = File.OpenRead(path);
        using var content = new MemoryStream();
        using Stream source = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        source.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>The text of a file.</summary>
    /// <exception cref="BenchmarkDataException">It is not there.</exception>
    public string ReadText(string name) => Encoding.UTF8.GetString(ReadBytes(name));

    /// <summary>A JSON file.</summary>
    /// <exception cref="BenchmarkDataException">It is not there, or is not JSON.</exception>
    public JsonElement ReadJson(string name)
    {
        try
        {
            return JsonElement.Parse(ReadBytes(name));
        }
        catch (JsonException e)
        {
            throw new BenchmarkDataException(System.IO.Path.Combine(Path, name), $"line {e.LineNumber + 1}", "expected JSON: " + e.Message, e);
        }
    }

    private static string? Existing(string path) => File.Exists(path) ? path : File.Exists(path + ".gz") ? path + ".gz" : null;
}
