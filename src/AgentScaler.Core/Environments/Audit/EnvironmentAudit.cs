using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Environments.Audit;

/// <summary>
/// Audits an environment by running it (pipeline.md, stage 3): every tool gets valid calls, a missing argument for each required one, and
/// unknown ids; results must fit what is declared, errors must be clear and change nothing, reads must be pure by the state hash,
/// two runs must agree, references must hold after every call.
/// </summary>
public sealed class EnvironmentAudit(EnvironmentEngine engine)
{
    private const int ValidCalls = 4;

    /// <summary>Audits every tool of a package.</summary>
    /// <exception cref="PackageException">The package can't be loaded at all.</exception>
    public AuditReport Run(EnvironmentPackage package, Seed seed)
    {
        var environment = LoadedEnvironment.Load(package);
        var broken = BrokenReferences(package, engine.Open(environment, seed));
        return new AuditReport([.. package.Tools.Select(tool => Guarded(environment, tool, seed.Child(tool.Name), broken))]);
    }

    /// <summary>A tool that hits a limit of the runtime again and again is out, with that as its reason.</summary>
    private ToolAudit Guarded(LoadedEnvironment environment, PackageTool tool, Seed seed, string? broken)
    {
        try
        {
            return FreshAttempts.Run(() => Audit(environment, tool, seed, broken));
        }
        catch (EpisodeAbortedException e)
        {
            return new ToolAudit(tool.Name, 0, [new AuditFinding("audit.limit", $"{FreshAttempts.Most} attempts: {e.Message}")]);
        }
    }

    private ToolAudit Audit(LoadedEnvironment environment, PackageTool tool, Seed seed, string? broken)
    {
        var findings = new List<AuditFinding>();
        var calls = 0;
        if (broken is not null)
        {
            findings.Add(new AuditFinding("audit.references", broken));
        }

        var validator = tool.Spec.Returns is { } returns ? JsonSchema.Compile(returns) : null;
        SampledCall? sample = null;
        var changed = false;
        for (var i = 0; i < ValidCalls && findings.Count == 0; i++)
        {
            var session = engine.Open(environment, seed.Child(i));
            if (new CallSampler(environment.Package, seed.Child("call").Child(i)).Sample(tool, session) is not { } call)
            {
                continue;
            }

            sample = call;
            calls += 2;
            changed |= CheckValid(environment, session, call, seed.Child(i), validator, findings);
        }

        if (sample is null)
        {
            findings.Add(new AuditFinding("audit.no-valid-call", "no row of the initial state allows a call"));
        }
        else if (findings.Count == 0)
        {
            if (tool.Writes && !changed)
            {
                findings.Add(new AuditFinding("audit.write-changes-nothing", $"{ValidCalls} valid calls changed no row"));
            }

            calls += CheckInvalid(environment, sample, seed, findings);
        }

        return new ToolAudit(tool.Name, calls, findings);
    }

    /// <summary>Runs a valid call twice, on two sessions.</summary>
    /// <returns>Whether it changed the state.</returns>
    private bool CheckValid(
        LoadedEnvironment environment, EnvironmentSession session, SampledCall call, Seed seed, JsonSchema? returns, List<AuditFinding> findings)
    {
        var arguments = call.ToJson();
        var place = $"{call.Tool.Name}({CanonicalJson.Write(arguments)})";
        var result = session.Call(call.Tool.Name, arguments);
        if (result.IsError)
        {
            findings.Add(new AuditFinding("audit.valid-call-fails", $"{place}: {result.Content}"));
            return false;
        }

        var again = engine.Open(environment, seed);
        if (again.Call(call.Tool.Name, arguments).Content != result.Content || again.StateHash != session.StateHash)
        {
            findings.Add(new AuditFinding("audit.not-deterministic", $"{place}: two runs differ"));
        }

        using var content = JsonDocument.Parse(result.Content);
        if (returns?.Validate(content.RootElement) is { Count: > 0 } misfits)
        {
            findings.Add(new AuditFinding("audit.result-does-not-fit", $"{place}: {misfits[0]}"));
        }

        var changed = session.StateHash != environment.StateHash;
        if (changed && !call.Tool.Writes)
        {
            findings.Add(new AuditFinding("audit.read-writes", $"{place}: declared a read, but the state hash changed"));
        }

        if (BrokenReferences(environment.Package, session) is { } broken)
        {
            findings.Add(new AuditFinding("audit.references", $"after {place}: {broken}"));
        }

        return changed;
    }

    /// <summary>Leaves out each required argument and replaces each key by an unknown one.</summary>
    /// <returns>Calls made.</returns>
    private int CheckInvalid(LoadedEnvironment environment, SampledCall sample, Seed seed, List<AuditFinding> findings)
    {
        var invalid = new List<(JsonElement Arguments, string What)>();
        foreach (var name in sample.Tool.Required)
        {
            invalid.Add((SampledCall.With(sample.Arguments.Where(argument => argument.Parameter != name)), $"without {name}"));
        }

        foreach (var argument in sample.Arguments.Where(argument => argument.Role is ArgumentRole.Key or ArgumentRole.Reference))
        {
            var unknown = argument.Value.ValueKind == JsonValueKind.Number ? JsonSerializer.SerializeToElement(1_999_999_999) : JsonSerializer.SerializeToElement("no-such-id");
            invalid.Add((SampledCall.With(sample.Arguments.Select(other => other == argument ? other with { Value = unknown } : other)), $"with an unknown {argument.Parameter}"));
        }

        foreach (var (arguments, what) in invalid)
        {
            var session = engine.Open(environment, seed);
            var result = session.Call(sample.Tool.Name, arguments);
            if (!result.IsError || result.ErrorCode == "program_error")
            {
                findings.Add(new AuditFinding("audit.no-clear-error", $"{sample.Tool.Name} {what}: expected a tool error, got {result.Content}"));
            }
            else if (session.StateHash != environment.StateHash)
            {
                findings.Add(new AuditFinding("audit.error-writes", $"{sample.Tool.Name} {what}: failed, but the state hash changed"));
            }
        }

        return invalid.Count;
    }

    /// <summary>The first reference that points to no row, or null.</summary>
    private static string? BrokenReferences(EnvironmentPackage package, EnvironmentSession session)
    {
        foreach (var collection in package.Schema.Collections)
        {
            foreach (var field in collection.Fields.Where(field => field.References is not null))
            {
                foreach (var (key, row) in session.Rows(collection.Name))
                {
                    if (row.TryGetProperty(field.Name, out var held) && held.ValueKind is JsonValueKind.String or JsonValueKind.Number
                        && session.Row(field.References!, StoredKey.Of(held)) is null)
                    {
                        return $"{collection.Name}/{key}.{field.Name} = {held.GetRawText()} names no row of {field.References}";
                    }
                }
            }
        }

        return null;
    }
}
