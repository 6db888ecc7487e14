using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;
using AgentScaler.Tasks;

namespace AgentScaler.Episodes.Scripted;

/// <summary>
/// Finds valid writes on rows that the task does not name, and writes that undo them. Each find was tried out on a session of its own, so what
/// is labelled a needless write truly changes state and what is labelled undone truly restores it.
/// </summary>
internal sealed class SpareWrites(TaskSpec task, EnvironmentPackage package, Func<EnvironmentSession> openProbe)
{
    /// <summary>Candidates tried before giving up.</summary>
    private const int Tries = 24;

    private readonly HashSet<string> named = task.Gold
        .SelectMany(call => call.Arguments.EnumerateObject()).Select(argument => ScriptWriter.Text(argument.Value)).ToHashSet(StringComparer.Ordinal);

    /// <summary>A write nobody asked for, or null.</summary>
    public ScriptedCall? Find(int slot, SeededRandom random) =>
        Candidates(random).Take(Tries).FirstOrDefault(write => Make(write) is not null) is { } found ? Call(slot, found) : null;

    /// <summary>A write nobody asked for and the write that undoes it, or null.</summary>
    public (ScriptedCall Write, ScriptedCall Undo)? FindUndone(int slot, SeededRandom random)
    {
        var before = openProbe();
        foreach (var write in Candidates(random).Take(Tries))
        {
            if (Make(write) is not var (after, result))
            {
                continue;
            }

            foreach (var call in Undoing.Of(package, write.Tool, before, after))
            {
                if (Undo(slot, write, call, result) is { } undo && Make(write) is var (trial, _)
                    && trial.Call(call.Tool.Name, call.ToJson()) is { IsError: false } && trial.StateHash == before.StateHash)
                {
                    return (Call(slot, write), undo);
                }
            }
        }

        return null;
    }

    /// <summary>A session on which a write was made; null if it failed or changed nothing.</summary>
    private (EnvironmentSession After, ToolResult Result)? Make(SampledCall write)
    {
        var probe = openProbe();
        var before = probe.StateHash;
        var result = probe.Call(write.Tool.Name, write.ToJson());
        return result is { IsError: false, RowsChanged: > 0 } && probe.StateHash != before ? (probe, result) : null;
    }

    private IEnumerable<SampledCall> Candidates(SeededRandom random)
    {
        var session = openProbe();
        var sampler = new CallSampler(package, new Seed(task.Seed).Child("spare").Child(random.Next(int.MaxValue)));
        var writers = package.Tools.Where(tool => tool.Writes && package.Schema.Find(tool.Binding.Collection) is not null).ToList();
        for (var round = 0; round < Tries && writers.Count > 0; round++)
        {
            foreach (var tool in random.Shuffle(writers))
            {
                if (sampler.Sample(tool, session) is { } write && !IsNamed(write))
                {
                    yield return write;
                }
            }
        }
    }

    /// <summary>Whether the task names the row that a write works on; of a link, which has no key of its own, all that it joins.</summary>
    private bool IsNamed(SampledCall write)
    {
        if (SampledCall.RowOf(write.Arguments) is { } row)
        {
            return named.Contains(row.Key);
        }

        return (write.Tool.Binding.Kind != OperationKind.Create || write.Tool.Binding.Joins is not null)
            && write.Arguments.Where(argument => argument.Collection is not null).All(argument => named.Contains(StoredKey.Of(argument.Value)));
    }

    /// <summary>The call that undoes a write, with the key of a row that the write made from its result; null if the result does not show the key.</summary>
    private static ScriptedCall? Undo(int slot, SampledCall write, SampledCall undo, ToolResult result)
    {
        var arguments = new List<ScriptedArgument>();
        using var document = JsonDocument.Parse(result.Content);
        foreach (var argument in undo.Arguments)
        {
            if (argument.Role != ArgumentRole.Key || write.Arguments.Any(given => StoredKey.Of(given.Value) == StoredKey.Of(argument.Value)))
            {
                arguments.Add(new ScriptedArgument(argument.Parameter, argument.Value));
                continue;
            }

            var shown = ResultPath.Leaves(document.RootElement)
                .FirstOrDefault(leaf => leaf.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number && StoredKey.Of(leaf.Value) == StoredKey.Of(argument.Value));
            if (shown.Path is null)
            {
                return null;
            }

            arguments.Add(new ScriptedArgument(argument.Parameter, argument.Value, slot, shown.Path));
        }

        return new ScriptedCall(slot + 1, null, undo.Tool.Name, arguments);
    }

    private static ScriptedCall Call(int slot, SampledCall call) =>
        new(slot, null, call.Tool.Name, [.. call.Arguments.Select(argument => new ScriptedArgument(argument.Parameter, argument.Value))]);

    /// <summary>A call as one line for a label.</summary>
    public static string Describe(ScriptedCall call) => call.Tool + " " + CanonicalJson.Write(JsonSerializer.SerializeToElement(
        new SortedDictionary<string, JsonElement>(call.Arguments.ToDictionary(argument => argument.Name, argument => argument.Value), StringComparer.Ordinal)));
}
