using System.Globalization;
using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Json;
using AgentScaler.Models.Prompts;
using AgentScaler.Models.Structured;
using AgentScaler.Tasks.Verification;

namespace AgentScaler.Tasks.Modelled;

/// <summary>Asks a model to word one task as some user would, and takes only words and values with which the task stays sound.</summary>
internal sealed class RewriteQuestion(EnvironmentEngine engine, LoadedEnvironment environment, IOutcomeJudge judge, TaskSpec task)
{
    private const int LongestText = 2_000;

    private static readonly JsonElement Form = JsonElement.Parse(
        """
        {"type":"object","additionalProperties":false,"required":["requests"],"properties":{
          "values":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["call","parameter","value"],"properties":{
            "call":{"type":"integer"},"parameter":{"type":"string"},"value":{"type":["string","number"]}}}},
          "requests":{"type":"array","minItems":1,"items":{"type":"string","minLength":1,"maxLength":2000}}}}
        """);

    private readonly IReadOnlyList<(int Call, string Parameter, JsonElement Value, JsonElement Schema)> open = OpenValues.Of(task, environment.Package);

    /// <summary>The answer that is taken was checked on its way; an audit is not made twice.</summary>
    private (RewriteAnswer Answer, (TaskSpec? Task, string? Fault, TaskVerification? Verification) Applied)? last;

    /// <summary>The prompt.</summary>
    public static Prompt Prompt { get; } = Prompt.Load("task-wording");

    /// <summary>The question.</summary>
    public StructuredQuestion<RewriteAnswer> Ask(string persona, string style, string language)
    {
        var requests = task.Requests.Select((request, i) => CanonicalJson.Serialize(new { Request = i + 1, request.Text, Facts = SpokenFacts.Of(task, request) }));
        var values = open.Select(value => CanonicalJson.Serialize(new { value.Call, value.Parameter, value.Value, value.Schema, Request = RequestOf(value.Call) + 1 }));
        var (system, text) = TwoPartPrompt.Fill(
            Prompt,
            ("persona", persona),
            ("style", style),
            ("language", language),
            ("requests", string.Join('\n', requests)),
            ("values", open.Count == 0 ? "(none)" : string.Join('\n', values)));
        return new StructuredQuestion<RewriteAnswer> { Name = "task_wording", System = system, Text = text, Schema = Form, Check = answer => Apply(answer) is { Fault: { } fault } ? [fault] : [] };
    }

    /// <summary>The task in the answer's words; null with the reason, which begins with its code, where they won't do.</summary>
    public (TaskSpec? Task, string? Fault, TaskVerification? Verification) Apply(RewriteAnswer answer)
    {
        if (last is not { } done || !ReferenceEquals(done.Answer, answer))
        {
            last = done = (answer, Audited(answer));
        }

        return done.Applied;
    }

    private (TaskSpec? Task, string? Fault, TaskVerification? Verification) Audited(RewriteAnswer answer)
    {
        try
        {
            return FreshAttempts.Run(() => Checked(answer));
        }
        catch (EpisodeAbortedException e)
        {
            return (null, "value.limit: " + e.Message, null);
        }
    }

    private (TaskSpec? Task, string? Fault, TaskVerification? Verification) Checked(RewriteAnswer answer)
    {
        if (answer.Requests.Count != task.Requests.Count)
        {
            return (null, string.Create(CultureInfo.InvariantCulture, $"intent.requests: expected {task.Requests.Count} texts, one for each request in order, found {answer.Requests.Count}"), null);
        }

        if (answer.Requests.Select(TextFault).FirstOrDefault(fault => fault is not null) is { } bad)
        {
            return (null, "intent.text: " + bad, null);
        }

        if (answer.Values.Select(ValueFault).FirstOrDefault(fault => fault is not null) is { } wrong)
        {
            return (null, wrong, null);
        }

        if (answer.Values.DistinctBy(value => (value.Call, value.Parameter)).Count() != answer.Values.Count)
        {
            return (null, "value.twice: expected at most one value for each argument", null);
        }

        var replaced = answer.Values.Select(value => (Old: ScalarTexts.Of(task.Gold[value.Call].Arguments.GetProperty(value.Parameter)).Single(), New: ScalarTexts.Of(value.Value).Single())).ToList();
        for (var i = 0; i < task.Requests.Count; i++)
        {
            if (SpokenFacts.Of(task, task.Requests[i], replaced).FirstOrDefault(fact => !answer.Requests[i].Contains(fact, StringComparison.Ordinal)) is { } hidden)
            {
                return (null, string.Create(CultureInfo.InvariantCulture, $"intent.hides-fact: request {i + 1} must say {JsonSerializer.Serialize(hidden, ArtifactJson.Options)} letter by letter"), null);
            }
        }

        var (executed, fault) = answer.Values.Count == 0 ? (task, null) : OpenValues.Execute(task, answer.Values, () => engine.Open(environment, new Seed(task.Seed), task.InitialChanges));
        if (executed is null)
        {
            return (null, fault, null);
        }

        var worded = executed with { Id = "", Requests = [.. executed.Requests.Zip(answer.Requests, (request, text) => request with { Text = text.Trim(), Correction = null })] };
        var (reason, verification) = answer.Values.Count == 0 ? (TaskCoherence.Check(worded, environment.Package), null) : new TaskAudit(engine, environment, judge).Check(worded);
        return reason is null ? (worded with { Id = ContentId.Of("task", CanonicalJson.Serialize(worded)) }, null, verification) : (null, $"{reason}: {TaskReasons.Explain(reason)}", null);
    }

    private int RequestOf(int call) => task.Requests.Select((request, i) => (request, i)).First(pair => call < pair.request.FirstCall + pair.request.Calls).i;

    private static string? TextFault(string text) =>
        string.IsNullOrWhiteSpace(text) || text.Length > LongestText ? $"expected 1 to {LongestText} characters"
        : text.Any(c => (char.IsControl(c) && c is not ('\n' or '\r' or '\t')) || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069')) ? "expected no control characters"
        : text.Contains("###", StringComparison.Ordinal) || text.Contains("<tool_call", StringComparison.OrdinalIgnoreCase) || text.Contains("<|", StringComparison.Ordinal) ? "expected plain words without marks"
        : null;

    private string? ValueFault(ProposedValue proposed)
    {
        var argument = open.FirstOrDefault(value => value.Call == proposed.Call && value.Parameter == proposed.Parameter);
        if (argument.Parameter is null)
        {
            return string.Create(CultureInfo.InvariantCulture, $"value.not-open: {proposed.Parameter} of call {proposed.Call} is not among the values that may be others");
        }

        var errors = JsonSchema.Compile(argument.Schema).Validate(proposed.Value);
        return errors.Count > 0 ? $"value.does-not-fit: {proposed.Parameter}: {errors[0]}"
            : proposed.Value.ValueKind == JsonValueKind.String && (TextFault(proposed.Value.GetString()!) is not null || proposed.Value.GetString()!.Trim() != proposed.Value.GetString()) ? $"value.does-not-fit: {proposed.Parameter}: expected plain text"
            : null;
    }
}
