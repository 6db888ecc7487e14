using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using AgentScaler.Campaigns;
using AgentScaler.Storage;
using AgentScaler.Workflow;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.Logging;

namespace AgentScaler.Functions.Tests;

/// <summary>Our orchestrator and activity on the Durable Task engine, in this process.</summary>
internal sealed class DurableHost : IAsyncDisposable
{
    /// <summary>Far more than any test needs; a workflow that hangs must fail, not hang the run.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DurableTaskTestHost host;
    private readonly CancellationTokenSource patience = new(Patience);
    private readonly CancellationTokenSource ended;
    private readonly ConcurrentBag<Task> begun;

    private DurableHost(DurableTaskTestHost host, CancellationTokenSource ended, ConcurrentBag<Task> begun) =>
        (this.host, this.ended, this.begun) = (host, ended, begun);

    public DurableTaskClient Client => host.Client;

    /// <summary>A host for the workflows of a campaign.</summary>
    public static Task<DurableHost> StartAsync(IArtifactStore artifacts, IEnumerable<IStep> steps, ILoggerFactory? logs = null) =>
        StartAsync([new CampaignWorkflow(), new DomainPageWorkflow()], new StepFunction(new StepRunner(artifacts, steps)).RunAsync, logs);

    /// <summary>A host for some workflows whose steps are answered by a function.</summary>
    public static async Task<DurableHost> StartAsync(
        IReadOnlyList<IWorkflow> workflows, Func<StepCall, CancellationToken, Task<StepResult>> run, ILoggerFactory? logs = null)
    {
        var orchestrator = new WorkflowFunction(workflows);
        var ended = new CancellationTokenSource();
        var begun = new ConcurrentBag<Task>();
        var started = await DurableTaskTestHost.StartAsync(
            registry =>
            {
                registry.AddOrchestratorFunc<WorkflowCall, StepResult?>(WorkflowFunction.Name, (context, call) => orchestrator.RunAsync(context, call));
                registry.AddActivityFunc<StepCall, StepResult>(StepFunction.Name, (TaskActivityContext _, StepCall call) =>
                {
                    var step = run(call, ended.Token);
                    begun.Add(step);
                    return step;
                });
            },
            new DurableTaskTestHostOptions { Port = FreePort(), LoggerFactory = logs });
        return new DurableHost(started, ended, begun);
    }

    public Task<string> ScheduleAsync(string workflow, string instanceId, WorkflowInput input) =>
        Client.ScheduleNewOrchestrationInstanceAsync(
            WorkflowFunction.Name, new WorkflowCall(workflow, input), new StartOrchestrationOptions(InstanceId: instanceId), patience.Token);

    public Task<OrchestrationMetadata> CompletionAsync(string instanceId) =>
        Client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: true, patience.Token);

    public async Task<OrchestrationMetadata> RunAsync(string workflow, string instanceId, WorkflowInput input)
    {
        await ScheduleAsync(workflow, instanceId, input);
        return await CompletionAsync(instanceId);
    }

    /// <summary>Asks for an instance until it shows a stage.</summary>
    public async Task<WorkflowStatus> StageAsync(string instanceId, string stage)
    {
        while (true)
        {
            var metadata = await Client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, patience.Token);
            if (metadata?.ReadCustomStatusAs<WorkflowStatus>() is { } status && status.Stage == stage)
            {
                return status;
            }
        }
    }

    /// <summary>Ends the host, and the steps under way: a test removes the folder that they write to.</summary>
    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await host.DisposeAsync();
        await Task.WhenAll(begun).WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ended.Dispose();
        patience.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
