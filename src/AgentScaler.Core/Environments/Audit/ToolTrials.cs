using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Environments.Audit;

/// <summary>Makes the calls of a tool's audit one by one and notes what is wrong with what comes of them.</summary>
internal sealed class ToolTrials(EnvironmentEngine engine, LoadedEnvironment environment, PackageTool tool, Seed seed, StateCheck check)
{
    private const int LongestText = 400;

    private readonly JsonSchema? returns = tool.Spec.Returns is { } declared ? JsonSchema.Compile(declared) : null;
    private readonly List<AuditFinding> findings = [];
    private readonly List<AuditTrial> recorded = [];

    /// <summary>Calls made.</summary>
    public int Calls { get; private set; }

    /// <summary>Whether some call changed the state.</summary>
    public bool Changed { get; private set; }

    /// <summary>What is wrong, each kind once.</summary>
    public IReadOnlyList<AuditFinding> Findings => findings;

    /// <summary>The calls that reached the program.</summary>
    public IReadOnlyList<AuditTrial> Recorded => recorded;

    /// <summary>Notes a fault, unless one of its kind is noted already.</summary>
    public void Find(string reason, string detail)
    {
        if (findings.All(finding => finding.Reason != reason))
        {
            findings.Add(new AuditFinding(reason, detail));
        }
    }

    /// <summary>Makes a call, twice if it reaches the program, and looks at what came of it.</summary>
    public void Make(AuditCall call)
    {
        var (result, session) = EnvironmentAudit.Make(engine, environment, seed, tool.Name, call.Case, call.Arguments);
        var place = call.What.Length > 0 ? $"{tool.Name} {call.What}" : $"{tool.Name}({Cut(CanonicalJson.Write(call.Arguments))})";
        Calls++;
        if (result.ErrorCode != "invalid_arguments")
        {
            var again = EnvironmentAudit.Make(engine, environment, seed, tool.Name, call.Case, call.Arguments);
            Calls++;
            if (again.Result.Content != result.Content || again.Session.StateHash != session.StateHash)
            {
                Find("audit.not-deterministic", $"{place}: two runs differ");
            }

            recorded.Add(new AuditTrial(call.Case, call.Arguments, result.ErrorCode, EnvironmentAudit.OutcomeOf(result, session)));
        }

        if (result.IsError)
        {
            CheckError(call, place, result, session);
        }
        else
        {
            CheckResult(call, place, result, session);
        }
    }

    /// <summary>Makes valid calls in another state; what a read still shows when the rows are gone, it did not have from them.</summary>
    public void MakeOn(AuditState state, IReadOnlyList<RowChange> rows, IReadOnlyList<JsonElement> calls)
    {
        var same = state == AuditState.Empty && calls.Count > 0;
        foreach (var arguments in calls)
        {
            var (result, session) = EnvironmentAudit.Make(engine, environment, seed, tool.Name, AuditCase.Valid, arguments, rows);
            Calls++;
            var outcome = EnvironmentAudit.OutcomeOf(result, session);
            recorded.Add(new AuditTrial(AuditCase.Valid, arguments, result.ErrorCode, outcome) { State = state });
            if (result.ErrorCode == "program_error")
            {
                Find("audit.no-clear-error", $"{tool.Name}({Cut(CanonicalJson.Write(arguments))}) where there are {(state == AuditState.Empty ? "no rows" : "many rows")}: expected a result or a tool error, got {result.Content}");
            }

            same = same && !result.IsError && result.Content == EnvironmentAudit.Make(engine, environment, seed, tool.Name, AuditCase.Valid, arguments).Result.Content;
        }

        if (same)
        {
            Find("audit.read-ignores-rows", $"{tool.Name}: all of {calls.Count} valid calls give the same without any row, e.g. {Cut(CanonicalJson.Write(calls[0]))}");
        }
    }

    private void CheckError(AuditCall call, string place, ToolResult result, EnvironmentSession session)
    {
        if (call.Expected == AuditExpectation.Result)
        {
            Find("audit.valid-call-fails", $"{place}: {result.Content}");
        }
        else if (result.ErrorCode == "program_error")
        {
            Find("audit.no-clear-error", $"{place}: expected a tool error, got {result.Content}");
        }

        if (call.Case != AuditCase.Repeat && session.StateHash != environment.StateHash)
        {
            Find("audit.error-writes", $"{place}: failed, but the state hash changed");
        }
    }

    private void CheckResult(AuditCall call, string place, ToolResult result, EnvironmentSession session)
    {
        if (call.Expected == AuditExpectation.Error)
        {
            Find("audit.no-clear-error", $"{place}: expected a tool error, got {Cut(result.Content)}");
        }

        using var content = JsonDocument.Parse(result.Content);
        if (returns?.Validate(content.RootElement) is { Count: > 0 } misfits)
        {
            Find("audit.result-does-not-fit", $"{place}: {misfits[0]}");
        }

        if (session.StateHash == environment.StateHash)
        {
            return;
        }

        Changed = true;
        if (!tool.Writes)
        {
            Find("audit.read-writes", $"{place}: declared a read, but the state hash changed");
        }

        if (check.BrokenByChanges(session) is { } broken)
        {
            Find("audit.references", $"after {place}: {broken}");
        }

        if (check.Misfit(session) is { } misfit)
        {
            Find("audit.row-does-not-fit", $"after {place}: {misfit}");
        }
    }

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText] + "...";
}
