using System.Text.RegularExpressions;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Models;
using AgentScaler.Models.Structured;
using AgentScaler.Tasks.Verification;
using AgentScaler.Tasks.Wording;

namespace AgentScaler.Tasks.Modelled;

/// <summary>
/// Has a model word tasks by persona, style and language, with values of its own where they are free (paper: the intent is written from the executed sequence). Code decides whether the words
/// will do: no tool names, nothing that the agent must look up, every fact of the user's letter by letter, and, with other values, the whole audit. A task for which they won't keeps the
/// embedded words. Intents that a person gave are not touched, nor tasks in which a request must not simply be served.
/// </summary>
internal sealed partial class TaskRewriter(TaskSettings settings, EnvironmentEngine engine, IOutcomeJudge judge)
{
    private const string NoAnswer = "rewrite.no-answer";

    /// <summary>Words the tasks of an environment.</summary>
    /// <exception cref="ModelException">The endpoint gives no replies.</exception>
    /// <exception cref="BudgetSpentException">The campaign may spend no more.</exception>
    public async Task<TaskBuild> RewriteAsync(TaskBuild build, EnvironmentPackage package, Seed seed, RoleModel model, CancellationToken cancellationToken)
    {
        var environment = LoadedEnvironment.Load(package);
        var given = build.Report.Intents.Select(intent => intent.Task).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var outcomes = await Task.WhenAll(build.Tasks.Select((task, i) => given.Contains(task.Id) || task.Abstains
            ? Task.FromResult(new Wording(task, null, IsAsked: false, HasValues: false))
            : RewriteAsync(environment, task, seed.Child(i), model, cancellationToken)));
        var kept = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var reason in outcomes.Select(outcome => outcome.Reason).OfType<string>())
        {
            kept[reason] = kept.GetValueOrDefault(reason) + 1;
        }

        var report = new RewriteReport(outcomes.Count(outcome => outcome.IsAsked), outcomes.Count(outcome => outcome.IsAsked && outcome.Reason is null), outcomes.Count(outcome => outcome.HasValues), kept);
        var now = build.Tasks.Zip(outcomes).ToDictionary(pair => pair.First.Id, pair => pair.Second, StringComparer.Ordinal);
        IReadOnlyList<TaskVerification> verified = [.. build.Report.Verified.Select(entry => now.TryGetValue(entry.Task, out var wording) ? (wording.Verification ?? entry) with { Task = wording.Task.Id } : entry)];
        return new TaskBuild(
            [.. outcomes.Select(outcome => outcome.Task)], build.Report with { Rewrites = report, Verified = verified, Verification = VerificationReport.Of(verified) });
    }

    private async Task<Wording> RewriteAsync(LoadedEnvironment environment, TaskSpec task, Seed seed, RoleModel model, CancellationToken cancellationToken)
    {
        var random = seed.Random();
        var (persona, style, language) = (Drawn(settings.Personas, "somebody"), Drawn(settings.Styles, "plain"), Drawn(settings.Languages, "en"));
        var question = new RewriteQuestion(engine, environment, judge, task);
        var reply = await model.AskOrRefusedAsync(question.Ask(persona, style, language), cancellationToken);
        if (reply.Value is not { } answer || question.Apply(answer) is not { Task: { } worded } applied)
        {
            return new Wording(task, CodeOf(reply.Fault), IsAsked: true, HasValues: false);
        }

        var phrased = worded with
        {
            Manner = RequestManner.Knows(language) ? RequestManner.Default with { Language = language } : null,
            Phrasing = new IntentPhrasing(model.Settings.Model, RewriteQuestion.Prompt.Id, persona, style, language),
        };
        return new Wording(phrased, null, IsAsked: true, HasValues: answer.Values.Count > 0, applied.Verification);

        string Drawn(IReadOnlyList<string> of, string otherwise) => of.Count == 0 ? otherwise : random.Pick(of);
    }

    /// <summary>The code at the beginning of a fault of ours; any other fault is that there is no answer.</summary>
    private static string CodeOf(string? fault) => fault is not null && Code().Match(fault) is { Success: true } code ? code.Groups[1].Value : NoAnswer;

    [GeneratedRegex("^([a-z]+\\.[a-z-]+)(?::|$)")]
    private static partial Regex Code();

    /// <summary>What became of one task.</summary>
    /// <param name="Task">The task, in whose words ever.</param>
    /// <param name="Reason">Why it keeps the embedded words; null if it does not, or was not asked for.</param>
    /// <param name="Verification">What the verifier said, where values changed.</param>
    private sealed record Wording(TaskSpec Task, string? Reason, bool IsAsked, bool HasValues, TaskVerification? Verification = null);
}
