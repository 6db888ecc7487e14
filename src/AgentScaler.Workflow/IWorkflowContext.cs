namespace AgentScaler.Workflow;

/// <summary>All a workflow may ask of the world. Every answer is recorded by the host, so a replay gives it again.</summary>
public interface IWorkflowContext
{
    /// <summary>This instance's id, deterministic: <c>campaign-{id}</c>, <c>campaign-{id}-page-{n}</c>.</summary>
    string InstanceId { get; }

    /// <summary>The current time as the host recorded it.</summary>
    DateTimeOffset CurrentTime { get; }

    /// <summary>Runs a step.</summary>
    /// <exception cref="StepFailedException">The machinery failed at every attempt. A rejected item is no failure but a result.</exception>
    Task<StepResult> RunStepAsync(StepCall call, RetryRule retry);

    /// <summary>Runs another workflow as a child.</summary>
    /// <exception cref="StepFailedException">A step of the child failed.</exception>
    Task<StepResult> RunChildAsync(string workflow, string instanceId, WorkflowInput input);

    /// <summary>Waits until a time.</summary>
    Task WaitUntilAsync(DateTimeOffset time);

    /// <summary>Waits for the next event of that name; events that came earlier are kept until somebody waits.</summary>
    Task<string> WaitForEventAsync(string name);

    /// <summary>Shows a status to whoever asks for the instance.</summary>
    void SetStatus(WorkflowStatus status);

    /// <summary>Logs a line once, not at each replay.</summary>
    void Log(string message);
}
