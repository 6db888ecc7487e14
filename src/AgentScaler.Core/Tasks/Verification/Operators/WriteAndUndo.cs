using System.Text.Json;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Tasks.Verification.Operators;

/// <summary>At the end stands a write that nobody asked for, then one that undoes it: where gold only reads that must not slip through.</summary>
internal sealed class WriteAndUndo : IMutationOperator
{
    /// <summary>Writes that it is tried to undo where that must not pass; each costs some calls, and elsewhere it makes no difference.</summary>
    private const int Tries = 4;

    /// <inheritdoc/>
    public string Name => "write-and-undo";

    /// <inheritdoc/>
    public IEnumerable<Mutant> Mutants(AuditedTask task)
    {
        EnvironmentSession? gold = null;
        foreach (var write in task.SpareWrites().Take(task.Task.IsReadOnly ? Tries : 1))
        {
            gold ??= task.AfterGold();
            var session = task.AfterGold();
            session.Call(write.Tool, write.Arguments);
            var changed = session.Changes.Where(change => !Same(gold.Row(change.Collection, change.Key), change.Row))
                .Concat(gold.Changes.Where(change => session.Row(change.Collection, change.Key) is null && change.Row is not null).Select(change => change with { Row = null })).ToList();
            if (changed is [{ Row: { } row } change]
                && Undoings(task, change.Collection, row, gold.Row(change.Collection, change.Key)).FirstOrDefault(undo => Undoes(task, write, undo)) is { } undoing)
            {
                yield return new Mutant([.. task.Gold, write, undoing], task.Outputs);
            }
        }
    }

    private static bool Undoes(AuditedTask task, TrialStep write, TrialStep undo)
    {
        var trial = task.AfterGold();
        trial.Call(write.Tool, write.Arguments);
        trial.Call(undo.Tool, undo.Arguments);
        return trial.StateHash == task.Task.GoldHash;
    }

    /// <summary>Calls that may take a row back to what it was: its removal if it was not there, the values or the status it had.</summary>
    private static IEnumerable<TrialStep> Undoings(AuditedTask task, string name, JsonElement now, JsonElement? before)
    {
        var collection = task.Package.Schema.Find(name)!;
        foreach (var tool in task.Package.Tools.Where(tool => tool.Writes && tool.Binding.Collection == name && tool.Binding.KeyParameter is not null))
        {
            var arguments = new List<SampledArgument>();
            var fits = before is not { } old ? tool.Binding.Kind == OperationKind.Delete
                : tool.Binding.Kind == OperationKind.Status ? old.TryGetProperty(tool.Binding.Status!.Field, out var status) && status.ValueKind == JsonValueKind.String && status.GetString() == tool.Binding.Status.To
                : tool.Binding.Kind == OperationKind.Update && Restores(tool, old, now, arguments);
            if (fits && Add(tool, tool.Binding.KeyParameter!, now, collection.Key, arguments)
                && tool.Binding.Owners.All(owner => Add(tool, owner.Key, now, owner.Value, arguments)) && CallSampler.Complete(tool, arguments) is { } call)
            {
                yield return new TrialStep(null, tool.Name, call.ToJson());
            }
        }
    }

    private static bool Restores(PackageTool tool, JsonElement before, JsonElement now, List<SampledArgument> arguments) => now.EnumerateObject()
        .Where(field => !before.TryGetProperty(field.Name, out var old) || !JsonElement.DeepEquals(old, field.Value))
        .All(field => tool.Binding.Fields.FirstOrDefault(pair => pair.Value == field.Name).Key is { } parameter && Add(tool, parameter, before, field.Name, arguments));

    private static bool Add(PackageTool tool, string parameter, JsonElement row, string field, List<SampledArgument> arguments)
    {
        if (!row.TryGetProperty(field, out var value))
        {
            return false;
        }

        arguments.RemoveAll(argument => argument.Parameter == parameter);
        arguments.Add(new SampledArgument(parameter, ArgumentRole.Value, null, tool.SchemaOf(parameter) is null ? value : ParameterForms.Key(tool, parameter, value)));
        return true;
    }

    private static bool Same(JsonElement? left, JsonElement? right) =>
        left is { } a && right is { } b ? JsonElement.DeepEquals(a, b) : left is null && right is null;
}
