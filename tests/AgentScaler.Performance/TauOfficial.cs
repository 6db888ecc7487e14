using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AgentScaler.Benchmarks.TauBench;

namespace AgentScaler.Performance;

/// <summary>What tau-bench's own Python code does with the same calls.</summary>
/// <param name="Steps">Calls a CPU second.</param>
/// <param name="Reset">Milliseconds to load the data anew.</param>
/// <param name="Hash">Milliseconds of the hash over the data.</param>
internal sealed record TauOfficial(double Steps, double Reset, double Hash)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    /// <summary>Runs the official code in a checkout of its repository; needs python3 with pydantic.</summary>
    /// <exception cref="InvalidOperationException">It did not run.</exception>
    public static TauOfficial Measure(string checkout, TauBenchDomain domain, IEnumerable<TauBenchTask> tasks, TimeSpan duration)
    {
        var start = new ProcessStartInfo("python3") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "tau-official.py"));
        start.ArgumentList.Add(checkout);
        start.ArgumentList.Add(domain.Name);
        start.ArgumentList.Add(duration.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        using var process = Process.Start(start) ?? throw new InvalidOperationException("python3 did not start");
        var faults = process.StandardError.ReadToEndAsync();
        JsonSerializer.Serialize(
            process.StandardInput.BaseStream,
            tasks.Select(task => task.Actions.Select(action => new Dictionary<string, object> { ["name"] = action.Name, ["kwargs"] = action.Arguments })));
        process.StandardInput.Close();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<TauOfficial>(text, Format)!
            : throw new InvalidOperationException($"the official code in '{checkout}' did not run: {faults.Result.Trim()}");
    }
}
