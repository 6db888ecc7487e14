using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Audit.Policy;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Materialisation.Values;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Environments.Audit;

/// <summary>
/// Audits an environment by running it (pipeline.md, stage 3): every tool gets valid calls and those a <see cref="CallPlan"/> derives from
/// schema and rows; results must fit what is declared, errors must be clear and change nothing, reads must be pure by the state hash, two runs
/// must agree, rows must fit and references must hold after every call, and programs must keep the rules of the policy that bind them. A pure function of the package.
/// </summary>
public sealed class EnvironmentAudit(EnvironmentEngine engine)
{
    private const int ValidCalls = 4;

    /// <summary>Calls drawn for a tool that only its program understands: some may be refused, one must succeed.</summary>
    private const int UnreadCalls = 16;

    /// <summary>Audits every tool of a package.</summary>
    /// <exception cref="PackageException">The package can't be loaded at all.</exception>
    public AuditReport Run(EnvironmentPackage package)
    {
        var environment = LoadedEnvironment.Load(package);
        var check = new StateCheck(package.Schema);
        var broken = check.BrokenReference(engine.Open(environment, SeedOf(package, "initial")));
        return new AuditReport([.. package.Tools.Select(tool => Guarded(environment, tool, check, broken))]);
    }

    /// <summary>Where the ids that a tool's calls generate derive from, so that they can be made again.</summary>
    internal static Seed SeedOf(EnvironmentPackage package, string tool) => Seed.Root(0).Child("audit").Child(package.Id).Child(tool);

    /// <summary>Makes a call on a fresh session, after the same call if it is a repetition.</summary>
    internal static (ToolResult Result, EnvironmentSession Session) Make(
        EnvironmentEngine engine, LoadedEnvironment environment, Seed seed, string tool, AuditCase reason, JsonElement arguments, IReadOnlyList<RowChange>? given = null)
    {
        var session = engine.Open(environment, seed, given);
        if (reason == AuditCase.Repeat)
        {
            session.Call(tool, arguments);
        }

        return (session.Call(tool, arguments), session);
    }

    /// <summary>What a trial records of a call.</summary>
    internal static string OutcomeOf(ToolResult result, EnvironmentSession session) => Sha256Text.Of(result.Content + "\n" + session.StateHash)[..16];

    /// <summary>An argument drawn for a call that is not as the document says such values look; null if there is none. What may be left out is left out instead.</summary>
    private static string? Unlike(SampledCall sample) => sample.Arguments
        .Where(argument => argument.Role is ArgumentRole.Value or ArgumentRole.Other && argument.Value.ValueKind == JsonValueKind.String)
        .Select(argument => sample.Tool.SchemaOf(argument.Parameter) is { } schema && schema.TryGetProperty(SpecTidier.HeededPattern, out var pattern) && pattern.GetString() is { } form
            && !HeededPattern.Matches(form, argument.Value.GetString()!)
                ? $"{sample.Tool.Name}: nothing is found for {argument.Parameter} that matches {form}, only {argument.Value.GetRawText()}" : null)
        .FirstOrDefault(unlike => unlike is not null);

    /// <summary>A read is tried without rows; one that shows many also with more than one page of them.</summary>
    private static IReadOnlyList<AuditState> StatesFor(PackageTool tool) =>
        tool.Binding.Collection.Length == 0 ? []
        : tool.Binding.Kind is OperationKind.List or OperationKind.Search ? [AuditState.Empty, AuditState.OnePage, AuditState.Pages] : [AuditState.Empty];

    /// <summary>The valid calls; where there is more than a page, those too that only show there.</summary>
    private static IReadOnlyList<JsonElement> CallsIn(EnvironmentPackage package, PackageTool tool, AuditState state, IReadOnlyList<SampledCall> samples)
    {
        var valid = samples.Select(sample => sample.ToJson());
        if (state == AuditState.Empty || package.Schema.Find(tool.Binding.Collection) is not { } collection)
        {
            return [.. valid];
        }

        var least = ListingCalls.Least(tool, samples);
        var listing = state == AuditState.Pages ? ListingCalls.Of(tool, collection, least, AuditStates.KeysFound(package, tool, state, least)) : [least];
        return [.. listing.Concat(valid).DistinctBy(call => CanonicalJson.Write(call))];
    }

    /// <summary>A tool that hits a limit of the runtime again and again is out, with that as its reason.</summary>
    private ToolAudit Guarded(LoadedEnvironment environment, PackageTool tool, StateCheck check, string? broken)
    {
        try
        {
            return FreshAttempts.Run(() => Audit(environment, tool, check, broken));
        }
        catch (EpisodeAbortedException e)
        {
            return new ToolAudit(tool.Name, 0, [new AuditFinding("audit.limit", $"{FreshAttempts.Most} attempts: {e.Message}")]);
        }
    }

    private ToolAudit Audit(LoadedEnvironment environment, PackageTool tool, StateCheck check, string? broken)
    {
        if (broken is not null)
        {
            return new ToolAudit(tool.Name, 0, [new AuditFinding("audit.references", broken)]);
        }

        var package = environment.Package;
        var seed = SeedOf(package, tool.Name);
        var initial = engine.Open(environment, seed);
        var isUnread = tool.Binding.Kind == OperationKind.Other;
        var samples = Enumerable.Range(0, isUnread ? UnreadCalls : ValidCalls)
            .Select(i => new CallSampler(package, seed.Child("call").Child(i)).Sample(tool, initial)).OfType<SampledCall>().ToList();
        if (samples.Count == 0)
        {
            return new ToolAudit(tool.Name, 0, [new AuditFinding("audit.no-valid-call", "no row of the initial state allows a call")]);
        }

        var trials = new ToolTrials(engine, environment, tool, seed, check);
        if (samples.Select(Unlike).FirstOrDefault(unlike => unlike is not null) is { } argument)
        {
            trials.Find("audit.argument-unlike", argument);
        }

        foreach (var sample in samples)
        {
            trials.Make(new AuditCall(AuditCase.Valid, "", sample.ToJson(), isUnread ? AuditExpectation.Answer : AuditExpectation.Result));
        }

        if (isUnread && trials.Recorded.All(trial => trial.Error is not null))
        {
            trials.Find("audit.valid-call-fails", $"{tool.Name}: all of {samples.Count} calls were refused, the last with {trials.Recorded.LastOrDefault()?.Error ?? "invalid_arguments"}");
        }

        if (tool.Writes && !trials.Changed && trials.Findings.Count == 0)
        {
            trials.Find("audit.write-changes-nothing", $"{samples.Count} valid calls changed no row, e.g. {CanonicalJson.Write(samples[0].ToJson())}");
        }

        // What is wrong with valid calls says enough; others would only repeat it.
        foreach (var call in trials.Findings.Count > 0 ? [] : new CallPlan(package, tool, initial).From(samples))
        {
            trials.Make(call);
        }

        foreach (var state in trials.Findings.Count > 0 || tool.Writes ? [] : StatesFor(tool))
        {
            var calls = CallsIn(package, tool, state, samples);
            trials.MakeOn(state, AuditStates.Changes(package, tool, state, calls[0]), calls);
        }

        var rules = trials.Findings.Count > 0 ? [] : RuleTrials.Of(engine, environment, tool, seed, samples);
        foreach (var rule in rules.Where(rule => rule.Verdict == RuleVerdict.Unenforced))
        {
            trials.Find("audit.policy-unenforced", $"{tool.Name}({CanonicalJson.Write((rule.Against ?? rule.Obeying)!.Value)}): {rule.Note}, against \"{rule.Rule}\"");
        }

        return new ToolAudit(tool.Name, trials.Calls + rules.Count(rule => rule.Obeying is not null) + rules.Count(rule => rule.Against is not null), [.. trials.Findings]) { Trials = trials.Recorded, Rules = rules };
    }
}
