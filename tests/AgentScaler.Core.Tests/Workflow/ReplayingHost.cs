using AgentScaler.Determinism;
using AgentScaler.Json;
using AgentScaler.Storage;
using AgentScaler.Workflow;

namespace AgentScaler.Core.Tests.Workflow;

/// <summary>
/// Runs workflows from recorded history, one event at a time and each time from the beginning, in a seeded order of completions. Fails on any
/// difference between two replays, on awaits of tasks that the context did not give, on use of the context from another thread, and
/// (<see cref="Verify"/>) on anything that depends on the order in which work happens to end.
/// </summary>
/// <param name="runStep">Does the work of a step; called once for each call that a workflow makes.</param>
internal sealed class ReplayingHost(IReadOnlyList<IWorkflow> workflows, Func<StepCall, StepResult> runStep)
{
    private static readonly DateTimeOffset Epoch = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Runs in several orders of completion and compares results, statuses, log lines and the set of step calls.</summary>
    /// <returns>The first of the runs; the others are equal to it.</returns>
    public ReplayRun Verify(string workflow, string instanceId, WorkflowInput input, int orders, params ReplayEvent[] events)
    {
        var first = Run(workflow, instanceId, input, Seed.Root(0), events);
        for (var order = 1; order < orders; order++)
        {
            var other = Run(workflow, instanceId, input, Seed.Root(order), events);
            Compare("result", [CanonicalJson.Serialize(first.Result)], [CanonicalJson.Serialize(other.Result)], order);
            Compare("step call", first.Calls, other.Calls, order);
            Compare("status", first.Statuses, other.Statuses, order);
            Compare("log line", first.Logs, other.Logs, order);
        }

        return first;
    }

    /// <summary>Runs once, with completions in the order of a seed.</summary>
    /// <exception cref="NondeterminismException">The workflow can't be replayed.</exception>
    /// <exception cref="StepFailedException">A step failed, as it would on any host.</exception>
    public ReplayRun Run(string workflow, string instanceId, WorkflowInput input, Seed order, params IReadOnlyList<ReplayEvent> events)
    {
        var random = order.Random();
        var time = Epoch;
        var replays = 0;
        var comingEvents = new Queue<ReplayEvent>(events);
        var instances = new List<ReplayedInstance>();
        var root = StartInstance(instances, workflow, instanceId, input, time);
        while (!root.HasEnded)
        {
            time += TimeSpan.FromSeconds(1);
            replays++;
            var ready = Ready(instances);
            if (comingEvents.TryPeek(out var raised) && (raised.Generation is { } generation ? generation <= root.Generation : ready.Count == 0))
            {
                comingEvents.Dequeue();
                root.Add(new HistoryEvent.Raised(time, raised.Name, raised.Payload));
            }
            else if (ready.Count == 0)
            {
                throw Stuck(instances);
            }
            else
            {
                var (instance, index, action) = random.Pick(ready);
                time = action.Request is DateTimeOffset due && due > time ? due : time;
                instance.Add(Answer(instances, action, index, time));
            }

            StartChildren(instances, time);
        }

        if (instances.Select(instance => instance.Violation).FirstOrDefault(violation => violation is not null) is { } late)
        {
            throw new NondeterminismException(late);
        }

        return root.Result is { } result
            ? new ReplayRun(
                result,
                [.. Contents(root, "status")],
                [.. instances.SelectMany(instance => instance.Actions).Where(action => action.Kind == "step").Select(action => action.Content).Order(StringComparer.Ordinal)],
                [.. Contents(root, "log")],
                replays)
            : throw root.Failure!;
    }

    private static IEnumerable<string> Contents(ReplayedInstance instance, string kind) =>
        instance.Actions.Where(action => action.Kind == kind).Select(action => action.Content);

    /// <summary>All that could happen next: steps and timers at any time, children once they have ended.</summary>
    private static List<(ReplayedInstance Instance, int Index, ReplayAction Action)> Ready(List<ReplayedInstance> instances) =>
        [.. from instance in instances
            where !instance.HasEnded
            from one in instance.Outstanding
            where one.Action.Request is not ChildRequest child || instances.Exists(other => other.InstanceId == child.InstanceId && other.HasEnded)
            select (instance, one.Index, one.Action)];

    private static NondeterminismException Stuck(List<ReplayedInstance> instances)
    {
        var waiting = instances.Where(instance => !instance.HasEnded).Select(instance =>
            $"{instance.InstanceId} (its context owes it {(instance.Waits.Count == 0 ? "its children only" : "the events " + string.Join(", ", instance.Waits))})");
        return new NondeterminismException(
            $"nothing is left to happen, but these have not ended: {string.Join("; ", waiting)}: a foreign await, or an event that never comes");
    }

    private static void Compare(string what, IReadOnlyList<string> first, IReadOnlyList<string> other, int order)
    {
        for (var i = 0; i < Math.Max(first.Count, other.Count); i++)
        {
            var (a, b) = (i < first.Count ? first[i] : "nothing", i < other.Count ? other[i] : "nothing");
            if (a != b)
            {
                throw new NondeterminismException(
                    $"{what} {i + 1} depends on the order in which work ends\n  in order 0: {a}\n  in order {order}: {b}");
            }
        }
    }

    private HistoryEvent Answer(List<ReplayedInstance> instances, ReplayAction action, int index, DateTimeOffset time)
    {
        if (action.Request is ChildRequest child)
        {
            var ended = instances.Find(instance => instance.InstanceId == child.InstanceId)!;
            return ended.Failure is { } failure
                ? new HistoryEvent.Failed(time, index, child.Workflow, failure.Message)
                : new HistoryEvent.Completed(time, index, ended.Result!);
        }

        return action.Request is StepRequest step ? RunStep(step, index, time) : new HistoryEvent.Fired(time, index);
    }

    private HistoryEvent RunStep(StepRequest step, int index, DateTimeOffset time)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new HistoryEvent.Completed(time, index, runStep(ReplayContext.Copy(step.Call)));
            }
            catch (StoreException) when (attempt < step.Retry.Attempts)
            {
                // The machinery's fault: once more, as the rule says; no time passes here.
            }
            catch (StoreException e)
            {
                return new HistoryEvent.Failed(time, index, step.Call.Name, e.Message);
            }
        }
    }

    private void StartChildren(List<ReplayedInstance> instances, DateTimeOffset time)
    {
        for (var i = 0; i < instances.Count; i++)
        {
            foreach (var (_, action) in instances[i].Outstanding)
            {
                if (action.Request is ChildRequest child && !instances.Exists(instance => instance.InstanceId == child.InstanceId))
                {
                    StartInstance(instances, child.Workflow, child.InstanceId, child.Input, time);
                }
            }
        }
    }

    private ReplayedInstance StartInstance(List<ReplayedInstance> instances, string workflow, string instanceId, WorkflowInput input, DateTimeOffset time)
    {
        var instance = new ReplayedInstance(
            workflows.FirstOrDefault(candidate => candidate.Name == workflow) ?? throw new InvalidOperationException($"there is no workflow '{workflow}'"),
            instanceId,
            input,
            time);
        instances.Add(instance);
        instance.Start();
        return instance;
    }
}
