namespace AgentScaler.Tasks.Verification;

/// <summary>Gold, changed in one way.</summary>
/// <param name="Steps">The calls it makes.</param>
/// <param name="Told">The outputs the user is told, each as the trial's own results show it.</param>
internal sealed record Mutant(IReadOnlyList<TrialStep> Steps, IReadOnlyList<RequiredOutput> Told)
{
    /// <summary>Whether the agent asks for what is missing and declines what it must not do, where the task has such a request.</summary>
    public bool Abstains { get; init; } = true;

    /// <summary>What the verifier has to say to it.</summary>
    public TrialExpectation Expected { get; init; } = TrialExpectation.Rejected;

    /// <summary>The reason for which the task is not sound if the change makes no difference: gold holds something that nothing proves. Null where it may make none.</summary>
    public string? MustMatter { get; init; }
}
