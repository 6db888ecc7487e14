using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Core.Tests.Environments.Materialisation;
using AgentScaler.Environments.Audit;
using AgentScaler.Environments.Audit.Policy;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Core.Tests.Environments.Audit;

/// <summary>Whether programs keep the rules of the policy, tried by calls within and against each.</summary>
public sealed class RuleTrialsTests : IDisposable
{
    private readonly EnvironmentEngine engine = new(new EngineOptions(), Domains.Clock);

    public void Dispose() => engine.Dispose();

    [Fact]
    public void Run_MadePackage_KeepsEveryRuleItStates()
    {
        var package = Domains.Package(engine, Domains.Books);
        var trials = Trials(package);

        Assert.Equal(
            [PolicyRuleKind.InUse, PolicyRuleKind.Owner, PolicyRuleKind.Reference, PolicyRuleKind.Limit],
            trials.Select(trial => trial.Trial.Kind).Distinct().Order());
        Assert.All(trials, trial => Assert.Equal(RuleVerdict.Enforced, trial.Trial.Verdict));
        Assert.All(trials, trial => Assert.NotNull(trial.Trial.Obeying));
        Assert.All(trials, trial => Assert.NotNull(trial.Trial.Against));
    }

    [Theory]
    [InlineData("cancel_order", "throw env.error(\"invalid_state\"", "audit.policy-unenforced")]
    [InlineData("delete_shelf", "throw env.error(\"in_use\"", "audit.references")]
    [InlineData("get_shelf_book", "|| row.shelf_id !== args.shelf_id", "audit.no-clear-error")]
    [InlineData("add_book", "throw env.error(\"invalid_reference\"", "audit.no-clear-error")]
    public void Run_ProgramThatForgetsARule_IsFound(string tool, string check, string reason)
    {
        var package = Domains.Package(engine, tool == "cancel_order" ? Domains.Orders : Domains.Books);
        var source = package.Tools.First(other => other.Name == tool).Program;
        Assert.Contains(check, source, StringComparison.Ordinal);
        var forgetful = check[0] == '|' ? source.Replace(check, "", StringComparison.Ordinal) : source.Replace(check, "(() => {})(\"\"", StringComparison.Ordinal);

        var audit = new EnvironmentAudit(engine).Run(With(package, tool, forgetful)).Tools.First(other => other.Tool == tool);

        Assert.Equal(reason, audit.Findings[0].Reason);
    }

    [Fact]
    public void Run_StatusRuleThatNoProgramKeeps_IsUnenforced()
    {
        var package = Domains.Package(engine, Domains.Orders);
        var rule = new PolicyRule { Kind = PolicyRuleKind.Status, Text = "Only paid orders may be cancelled.", Tools = ["cancel_order"], Collection = "orders", Field = "status", Values = ["paid"], Error = "invalid_state" };
        var audit = new EnvironmentAudit(engine).Run(package with { Rules = [rule] }).Tools.First(tool => tool.Tool == "cancel_order");

        Assert.Equal("audit.policy-unenforced", Assert.Single(audit.Findings).Reason);
        Assert.Contains("Only paid orders may be cancelled.", audit.Findings[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_CallThatTheSchemaRefuses_ShowsNothingOfTheProgram()
    {
        var package = Domains.Package(engine, Domains.Books);
        var known = package.State.Where(row => row.Collection == "shelves").Select(row => row.Key).ToList();
        var narrow = package with
        {
            Tools = [.. package.Tools.Select(tool => tool.Name != "add_book" ? tool : tool with { Spec = tool.Spec with { Parameters = WithEnum(tool.Spec.Parameters, "shelf_id", known) } })],
        };
        var trial = Assert.Single(Trials(narrow), trial => trial.Tool == "add_book" && trial.Trial.Kind == PolicyRuleKind.Reference).Trial;

        Assert.Equal((RuleVerdict.NotExercised, "refused by the schema of the arguments, before the program was asked"), (trial.Verdict, trial.Note));
    }

    [Fact]
    public void Run_RuleThatNoCallIsAbout_IsSaidNotToBeExercised()
    {
        var package = Domains.Package(engine, Domains.Orders);
        var rule = new PolicyRule { Kind = PolicyRuleKind.Unique, Text = "No two orders have the same note.", Tools = ["cancel_order"], Collection = "orders", Field = "note", Error = "conflict" };
        var trial = Assert.Single(Trials(package with { Rules = [rule] })).Trial;

        Assert.Equal((RuleVerdict.NotExercised, "no valid call of the tool is about it"), (trial.Verdict, trial.Note));
    }

    [Fact]
    public void Run_ReadThatDoesNotLookAtRows_IsFound()
    {
        var package = Domains.Package(engine, Domains.Books);
        var audit = new EnvironmentAudit(engine).Run(With(package, "list_books", "function list_books(db, args, env) { return { books: [], total: 0 }; }")).Tools.First(tool => tool.Tool == "list_books");

        Assert.Contains(audit.Findings, finding => finding.Reason == "audit.read-ignores-rows");
    }

    private List<(string Tool, RuleTrial Trial)> Trials(EnvironmentPackage package) =>
        [.. new EnvironmentAudit(engine).Run(package).Tools.SelectMany(tool => tool.Rules.Select(rule => (tool.Tool, rule)))];

    private static JsonElement WithEnum(JsonElement parameters, string parameter, IReadOnlyList<string> values)
    {
        var schema = JsonNode.Parse(parameters.GetRawText())!;
        schema["properties"]![parameter]!["enum"] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]);
        return JsonSerializer.SerializeToElement(schema);
    }

    private static EnvironmentPackage With(EnvironmentPackage package, string tool, string program) =>
        package with { Tools = [.. package.Tools.Select(other => other.Name == tool ? other with { Program = program } : other)] };
}
