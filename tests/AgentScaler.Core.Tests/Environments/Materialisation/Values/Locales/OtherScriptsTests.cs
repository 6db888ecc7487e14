using AgentScaler.Core.Tests.Episodes;
using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Engine;
using AgentScaler.Episodes;
using AgentScaler.Funnel;
using AgentScaler.Tasks;

namespace AgentScaler.Core.Tests.Environments.Materialisation.Values.Locales;

public sealed class OtherScriptsTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public void Tasks_OverNamesWithoutSpaces_AreCoherentAndTheirFaultlessEpisodesKept(string language)
    {
        using var engine = new EnvironmentEngine(new EngineOptions(), Domains.Clock);
        var settings = new EnvironmentSettings { Locales = ["zh-CN", "ja-JP", "ko-KR"], MutantsPerTool = 0 };
        var (episodes, spoken, rejected) = (0, 0, new List<string>());
        foreach (var domain in Domains.Sample().Take(5))
        {
            var build = Domains.Build(engine, domain, settings);
            Assert.True(build.Outcome.ToolsRejected.Count == 0, string.Join("; ", build.Outcome.ToolsRejected));
            var environment = LoadedEnvironment.Load(build.Package!);
            var tasks = new TaskBuilder(new TaskSettings { PerEnvironment = 8, Languages = [language] }, engine, new OutcomeJudge()).Build(build.Package!, domain.Dependencies, Seed.Root(1));
            Assert.Equal(0, tasks.Report.Verification.Left);
            foreach (var task in tasks.Tasks)
            {
                episodes++;
                spoken += task.Requests.Any(request => request.Text.Any(IsHan)) ? 1 : 0;
                var episode = Rollouts.Run(engine, environment, task, 0, new EpisodeSettings { FaultShare = 0, ToolFaultShare = 0 });
                var verdict = EpisodeFunnel.Judge(episode, task, environment.Package, new FunnelSettings());
                rejected.AddRange(verdict.Kept ? [] : [$"{verdict.Reason} {verdict.Detail}: {task.Requests[0].Text}"]);
            }
        }

        Assert.True(episodes >= 30 && spoken >= 5, $"{episodes} {spoken}");
        Assert.True(rejected.Count <= episodes / 30, string.Join('\n', rejected));
    }

    private static bool IsHan(char letter) => char.GetUnicodeCategory(letter) == System.Globalization.UnicodeCategory.OtherLetter;
}
