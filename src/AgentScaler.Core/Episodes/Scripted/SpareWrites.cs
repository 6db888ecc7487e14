using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Environments;
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
    public ScriptedCall? Find(int slot, SeededRandom random)
    {
        foreach (var (tool, arguments, _) in Candidates(random).Take(Tries))
        {
            var probe = openProbe();
            var before = probe.StateHash;
            if (probe.Call(tool.Name, Element(arguments)) is { IsError: false, RowsChanged: > 0 } && probe.StateHash != before)
            {
                return Call(slot, tool.Name, arguments);
            }
        }

        return null;
    }

    /// <summary>A write nobody asked for and the write that undoes it, or null.</summary>
    public (ScriptedCall Write, ScriptedCall Undo)? FindUndone(int slot, SeededRandom random)
    {
        foreach (var (tool, arguments, row) in Candidates(random).Take(Tries))
        {
            var probe = openProbe();
            var before = probe.StateHash;
            var result = probe.Call(tool.Name, Element(arguments));
            if (result is not { IsError: false, RowsChanged: > 0 } || probe.StateHash == before)
            {
                continue;
            }

            foreach (var undo in Undoings(tool, arguments, row, result, slot))
            {
                var trial = openProbe();
                trial.Call(tool.Name, Element(arguments));
                var values = undo.Arguments.ToDictionary(argument => argument.Name, argument => argument.Value, StringComparer.Ordinal);
                if (trial.Call(undo.Tool, Element(values)) is { IsError: false } && trial.StateHash == before)
                {
                    return (Call(slot, tool.Name, arguments), undo);
                }
            }
        }

        return null;
    }

    private IEnumerable<(PackageTool Tool, Dictionary<string, JsonElement> Arguments, JsonElement Row)> Candidates(SeededRandom random)
    {
        var session = openProbe();
        var writers = package.Tools.Where(tool => tool.Writes && package.Schema.Find(tool.Binding.Collection) is not null).ToList();
        for (var round = 0; round < Tries && writers.Count > 0; round++)
        {
            foreach (var tool in random.Shuffle(writers))
            {
                var rows = session.Rows(tool.Binding.Collection).Where(row => !named.Contains(row.Key)).ToList();
                if (rows.Count == 0)
                {
                    continue;
                }

                var row = random.Pick(rows).Value;
                if (Arguments(tool, row, session, random) is { } arguments)
                {
                    yield return (tool, arguments, row);
                }
            }
        }
    }

    /// <summary>Arguments by which a tool changes the given row (for a create: adds one like it), or null if they cannot be had.</summary>
    private Dictionary<string, JsonElement>? Arguments(PackageTool tool, JsonElement row, EnvironmentSession session, SeededRandom random)
    {
        var binding = tool.Binding;
        var arguments = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (binding.Kind is OperationKind.Other || (binding.Kind != OperationKind.Create && binding.KeyParameter is null)
            || (binding.Status is { } status && !status.From.Contains(Value(row, status.Field)?.ToString() ?? string.Empty, StringComparer.Ordinal)))
        {
            return null;
        }

        var key = package.Schema.Find(binding.Collection)!.Key;
        if (binding.KeyParameter is { } parameter)
        {
            arguments[parameter] = row.GetProperty(key);
        }

        foreach (var required in Required(tool).Where(name => !arguments.ContainsKey(name)))
        {
            if ((binding.Fields.GetValueOrDefault(required) is { } field ? Value(row, field) : Default(tool, required)) is not { } value)
            {
                return null;
            }

            arguments[required] = value;
        }

        if (binding.Kind is OperationKind.Update or OperationKind.Create)
        {
            var changeable = binding.Fields.Where(pair => pair.Value != key && pair.Key != binding.KeyParameter && Value(row, pair.Value) is not null).ToList();
            if (changeable.Count == 0)
            {
                return binding.Kind == OperationKind.Create ? arguments : null;
            }

            var (changed, source) = random.Pick(changeable);
            if (new OtherValues(package, session).For(tool, changed, Value(row, source)!.Value, random) is not [var other, ..])
            {
                return null;
            }

            arguments[changed] = other;
        }

        return arguments;
    }

    /// <summary>Calls that may restore what a call changed: the old values, the old status, or the removal of what was added.</summary>
    private IEnumerable<ScriptedCall> Undoings(
        PackageTool tool, Dictionary<string, JsonElement> arguments, JsonElement row, ToolResult result, int slot)
    {
        var collection = package.Schema.Find(tool.Binding.Collection)!;
        var siblings = package.Tools.Where(other => other.Writes && other.Binding.Collection == collection.Name && other.Binding.KeyParameter is not null);
        foreach (var other in siblings)
        {
            var binding = other.Binding;
            switch (tool.Binding.Kind, binding.Kind)
            {
                case (OperationKind.Update or OperationKind.Status, OperationKind.Update):
                    var restored = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { [binding.KeyParameter!] = row.GetProperty(collection.Key) };
                    foreach (var (parameter, field) in binding.Fields.Where(pair => IsTouched(tool, arguments, pair.Value)))
                    {
                        if (Value(row, field) is { } old)
                        {
                            restored[parameter] = old;
                        }
                    }

                    yield return Call(slot + 1, other.Name, restored);
                    break;
                case (OperationKind.Status or OperationKind.Update, OperationKind.Status):
                    yield return Call(slot + 1, other.Name, new Dictionary<string, JsonElement> { [binding.KeyParameter!] = row.GetProperty(collection.Key) });
                    break;
                case (OperationKind.Create, OperationKind.Delete) when KeyPath(tool, collection) is { } path:
                    using (var document = JsonDocument.Parse(result.Content))
                    {
                        if (ResultPath.Find(document.RootElement, path) is { } created)
                        {
                            yield return new ScriptedCall(
                                slot + 1, null, other.Name, [new ScriptedArgument(binding.KeyParameter!, created.Clone(), slot, path)]);
                        }
                    }

                    break;
            }
        }
    }

    private static bool IsTouched(PackageTool tool, Dictionary<string, JsonElement> arguments, string field) =>
        tool.Binding.Status?.Field == field || tool.Binding.Fields.Any(pair => pair.Value == field && arguments.ContainsKey(pair.Key));

    private static string? KeyPath(PackageTool tool, CollectionSpec collection)
    {
        var shown = tool.Binding.ResultFields.FirstOrDefault(pair => pair.Value == collection.Key).Key;
        return tool.Binding.ResultPath is not { } path || shown is null ? null : path.Length == 0 ? shown : path + "." + shown;
    }

    private static IEnumerable<string> Required(PackageTool tool) =>
        tool.Spec.Parameters.TryGetProperty("required", out var required) ? required.EnumerateArray().Select(name => name.GetString()!) : [];

    private static JsonElement? Default(PackageTool tool, string parameter) =>
        OtherValues.Schema(tool, parameter) is not { ValueKind: JsonValueKind.Object } schema ? null
        : schema.TryGetProperty("default", out var value) || schema.TryGetProperty("const", out value) ? value
        : schema.TryGetProperty("enum", out var listed) && listed.GetArrayLength() > 0 ? listed[0]
        : null;

    private static JsonElement? Value(JsonElement row, string field) => row.TryGetProperty(field, out var value) ? value : null;

    private static JsonElement Element(IReadOnlyDictionary<string, JsonElement> arguments) =>
        JsonSerializer.SerializeToElement(new SortedDictionary<string, JsonElement>(arguments.ToDictionary(), StringComparer.Ordinal));

    private static ScriptedCall Call(int slot, string tool, IReadOnlyDictionary<string, JsonElement> arguments) => new(
        slot,
        null,
        tool,
        [.. arguments.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new ScriptedArgument(pair.Key, pair.Value))]);

    /// <summary>A call as one line for a label.</summary>
    public static string Describe(ScriptedCall call) => call.Tool + " "
        + CanonicalJson.Write(Element(call.Arguments.ToDictionary(argument => argument.Name, argument => argument.Value, StringComparer.Ordinal)));
}
