using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace AgentScaler.Report.Tests;

/// <summary>The report as its reader uses it, in a browser, from disk, with ten thousand episodes. After each walk nothing was fetched and nothing complained.</summary>
[Collection(ReportCollection.Name)]
public sealed class ReportWalkTests(ManifoldCampaign campaign, ReportBrowser browser) : IAsyncLifetime
{
    private readonly List<string> complaints = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        Assert.Empty(complaints);
        return Task.CompletedTask;
    }

    [SkippableFact]
    public async Task Overview_OpenedFromDisk_ShowsStagesAndTenThousandEpisodes()
    {
        var page = await OpenAsync();
        Assert.Contains("generator: scripted", await page.InnerTextAsync(".notice"), StringComparison.Ordinal);
        Assert.Contains("funnel: validity", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.True(campaign.Shown >= 10_000);
        Assert.Equal(Number(campaign.Shown), await page.InnerTextAsync(".view[data-view=trajectories] .amount"));
    }

    [SkippableFact]
    public async Task List_TenThousandEpisodes_HoldsOnlyTheRowsInSightAndFollowsToTheEnd()
    {
        var page = await OpenAsync("#/trajectories");
        await page.Locator(".row").First.WaitForAsync();
        Assert.InRange(await page.Locator(".row").CountAsync(), 5, 60);
        await page.Locator("#list").FocusAsync();
        await page.Keyboard.PressAsync("End");
        await page.Locator($".row[aria-posinset='{campaign.Shown.ToString(CultureInfo.InvariantCulture)}']").WaitForAsync();
        Assert.InRange(await page.Locator(".row").CountAsync(), 5, 60);
    }

    [SkippableFact]
    public async Task Filters_EachAlone_LeaveWhatTheCampaignCounted()
    {
        var page = await OpenAsync("#/trajectories");
        foreach (var (filter, counts) in new (string Filter, IReadOnlyDictionary<string, int> Counts)[]
        {
            ("domain", campaign.Environments),
            ("verdict", new Dictionary<string, int> { ["kept"] = campaign.Kept, ["rejected"] = (int)campaign.Shown - campaign.Kept }),
            ("stage", campaign.Stages),
            ("reason", campaign.Reasons),
            ("difficulty", campaign.Bands),
            ("fault", campaign.Faults),
            ("gold", campaign.Golds),
        })
        {
            var offered = await page.Locator($"#filter-{filter} option").EvaluateAllAsync<string[]>("options => options.map(option => option.value).filter(Boolean).toSorted()");
            Assert.Equal(counts.Keys.Order(StringComparer.Ordinal), offered);
            foreach (var (word, count) in counts)
            {
                await page.SelectOptionAsync($"#filter-{filter}", word);
                await CountIsAsync(page, count);
            }

            await page.ClickAsync("#clear");
            await CountIsAsync(page, campaign.Shown);
        }
    }

    [SkippableFact]
    public async Task Filters_Together_LeaveWhatAllLetThroughAndSurviveAReload()
    {
        var page = await OpenAsync("#/trajectories");
        var (both, count) = campaign.ReasonsInBands.MaxBy(entry => entry.Value);
        var (reason, band) = (both.Split(' ')[0], both.Split(' ')[1]);
        Assert.True(count < campaign.Reasons[reason] && count < campaign.Bands[band], $"{both}: neither filter may do it alone");
        await page.SelectOptionAsync("#filter-reason", reason);
        await page.SelectOptionAsync("#filter-difficulty", band);
        await CountIsAsync(page, count);
        await page.ReloadAsync();
        await CountIsAsync(page, count);
        await page.SelectOptionAsync("#filter-verdict", "kept");
        await page.GetByText("No trajectory is like that.").WaitForAsync();
    }

    [SkippableFact]
    public async Task Filter_TenThousandEpisodes_AnswersBeforeAReaderNotices()
    {
        var page = await OpenAsync("#/trajectories");
        var milliseconds = await page.EvaluateAsync<double>("""
            () => new Promise(done => {
              const started = performance.now(), select = document.querySelector('#filter-verdict');
              select.value = 'kept';
              select.dispatchEvent(new Event('change'));
              requestAnimationFrame(() => setTimeout(() => done(performance.now() - started)));
            })
            """);
        await CountIsAsync(page, campaign.Kept);
        Assert.InRange(milliseconds, 0, 2_000);
    }

    [SkippableFact]
    public async Task Episode_OfAnotherState_ShowsRowsThatDifferBesideGoldAndWhereItCameFrom()
    {
        var page = await OpenAsync("#/trajectories?reason=state-differs");
        await page.Locator(".row").First.ClickAsync();
        await page.Locator(".state-table tr.differs").First.WaitForAsync();
        var row = page.Locator(".state-table tr.differs").First;
        Assert.NotEqual(await row.Locator(".gold-value").InnerTextAsync(), await row.Locator(".final-value").InnerTextAsync());
        var rungs = await page.Locator(".rung").AllInnerTextsAsync();
        Assert.Equal(["Domain", "Environment", "Task", "Episode"], rungs.TakeLast(4));
        Assert.True(await page.Locator(".step").CountAsync() > 0);
        await page.ClickAsync("#fold");
        Assert.Equal(await page.Locator(".call").CountAsync(), await page.Locator(".call[open]").CountAsync());
    }

    [SkippableFact]
    public async Task Search_IdAndTool_FindsThemAndTellsWhenNothingIs()
    {
        var page = await OpenAsync("#/trajectories");
        await page.Locator(".row").First.ClickAsync();
        await page.Locator(".lineage").WaitForAsync();
        var id = await page.Locator(".lineage li").Last.Locator("code").InnerTextAsync();
        await page.FillAsync("#search", id);
        await page.WaitForFunctionAsync("() => document.querySelectorAll('.row').length < 20");
        Assert.Equal("true", await page.Locator(".row").First.GetAttributeAsync("aria-selected"));
        await page.FillAsync("#search", "no such thing anywhere");
        await page.GetByText("No trajectory is like that.").WaitForAsync();
    }

    [SkippableFact]
    public async Task Keyboard_MovesOpensSearchesAndGoesBack()
    {
        var page = await OpenAsync();
        await page.Keyboard.PressAsync("4");
        await page.Locator(".row").First.WaitForAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("k");
        Assert.Equal("1", await page.Locator(".row[aria-selected=true]").GetAttributeAsync("aria-posinset"));
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".turns").WaitForAsync();
        await page.Keyboard.PressAsync("/");
        await page.WaitForFunctionAsync("() => document.activeElement.id === 'search'");
        await page.Keyboard.TypeAsync("t?");
        Assert.Equal("t?", await page.InputValueAsync("#search"));
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByText("Choose a trajectory.").WaitForAsync();
        await page.Keyboard.PressAsync("?");
        Assert.True(await page.Locator("#help").IsVisibleAsync());
    }

    [SkippableFact]
    public async Task Theme_FollowsTheSystemUntilItIsTurned()
    {
        var page = await OpenAsync(scheme: ColorScheme.Dark);
        const string Ground = "() => getComputedStyle(document.body).backgroundColor";
        var dark = await page.EvaluateAsync<string>(Ground);
        await page.ClickAsync("#theme");
        var light = await page.EvaluateAsync<string>(Ground);
        Assert.True(Brightness(dark) < 40 && Brightness(light) > 220, $"{dark}, {light}");
    }

    [SkippableFact]
    public async Task PlantedMarkup_InIntentsAndResults_StaysText()
    {
        var page = await OpenAsync("#/trajectories");
        await page.Locator(".row").First.ClickAsync();
        await page.Locator(".turns").WaitForAsync();
        await page.ClickAsync("#fold");
        Assert.Contains(ManifoldCampaign.Planted, await page.Locator(".request-text").First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("<script>", await page.Locator(".call-body").First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await page.EvaluateAsync<bool>("() => window.planted === undefined && document.querySelectorAll('main img, main script').length === 0"));
    }

    [SkippableFact]
    public async Task Domain_ShowsGraphSchemaToolsAndPolicy()
    {
        var page = await OpenAsync("#/domains");
        await page.Locator(".domain").First.ClickAsync();
        await page.Locator(".graph .tool").First.HoverAsync();
        Assert.True(await page.Locator(".graph.focused").CountAsync() == 1);
        Assert.Equal(await page.Locator(".graph .tool").CountAsync(), await page.Locator(".tool-row").CountAsync());
        Assert.True(await page.Locator(".schema .box").CountAsync() > 0);
        Assert.Contains("You help users", await page.Locator(".prose").InnerTextAsync(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Funnel_ReasonInThePicture_LeadsToItsEpisodes()
    {
        var page = await OpenAsync("#/funnel");
        await page.Locator(".sankey a").First.ClickAsync();
        await page.Locator(".row").First.WaitForAsync();
        Assert.Contains("reason=", page.Url, StringComparison.Ordinal);
        Assert.Matches(new Regex("^[0-9,]+ of [0-9,]+$"), await page.InnerTextAsync(".count"));
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Text_EveryView_StandsOutFromItsGround(ColorScheme scheme)
    {
        var page = await OpenAsync(scheme: scheme);
        await IsReadableAsync();
        await VisitAsync("#/funnel", ".sankey");
        await VisitAsync("#/domains", ".domain");
        await page.Locator(".domain").First.ClickAsync();
        await page.Locator(".tool-row").First.ClickAsync();
        await IsReadableAsync();
        foreach (var filter in new[] { "verdict=kept", "reason=state-differs" })
        {
            await VisitAsync("#/trajectories?" + filter, ".row");
            await page.Locator(".row").First.ClickAsync();
            await page.Locator(".turns").WaitForAsync();
            await page.ClickAsync("#fold");
            await IsReadableAsync();
        }

        async Task VisitAsync(string view, string sign)
        {
            await page.EvaluateAsync("view => { location.hash = view; }", view);
            await page.Locator(sign).First.WaitForAsync();
            await IsReadableAsync();
        }

        async Task IsReadableAsync() => Assert.Empty(await page.EvaluateAsync<string[]>(Contrast.Script));
    }

    [SkippableFact]
    public async Task Campaign_WithoutTools_OpensInEveryView()
    {
        using var folder = new TemporaryFolder();
        var outcome = await AgentscalerProcess.RunAsync("run", "--sources", folder.Write("tools.json", "[]"), "--out", folder["campaign"]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        var page = await OpenAsync(file: folder["campaign/report.html"]);
        foreach (var (view, sign) in new[]
        {
            ("overview", "0 USD"), ("funnel", "No episode has come this far."), ("domains", "No domain became an environment."), ("trajectories", "No trajectory is like that."),
        })
        {
            await page.EvaluateAsync("view => { location.hash = '#/' + view; }", view);
            await page.GetByText(sign).First.WaitForAsync();
        }
    }

    [SkippableFact]
    public async Task Address_OfNothing_SaysSoAndTheReportGoesOn()
    {
        var page = await OpenAsync("#/trajectories/episode-%E0%A4%A");
        await page.GetByText("is not in this report").WaitForAsync();
        await page.EvaluateAsync("() => { location.hash = '#/funnel'; }");
        await page.Locator(".sankey").WaitForAsync();
    }

    [SkippableFact]
    public async Task File_CutShort_SaysWhichPartIsMissing()
    {
        using var folder = new TemporaryFolder();
        var whole = await File.ReadAllTextAsync(campaign.Page);
        var page = await OpenAsync("#/trajectories", file: folder.Write("cut.html", whole.Replace("id=\"data-chunk-0\"", "id=\"data-lost\"", StringComparison.Ordinal)));
        await page.Locator(".row").First.ClickAsync();
        await page.GetByText("its block “chunk-0” is missing").WaitForAsync();
    }

    [SkippableTheory]
    [InlineData("#/overview")]
    [InlineData("#/funnel")]
    [InlineData("#/domains")]
    [InlineData("#/trajectories")]
    public async Task NarrowScreen_EveryView_FitsItsWidth(string view)
    {
        var page = await OpenAsync(view, width: 390);
        Assert.Equal(0, await page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - innerWidth)"));
        if (view == "#/trajectories")
        {
            await page.Locator(".row").First.ClickAsync();
            await page.Locator(".turns").WaitForAsync();
            Assert.False(await page.Locator("#list").IsVisibleAsync());
            await page.ClickAsync(".back");
            Assert.True(await page.Locator("#list").IsVisibleAsync());
        }
    }

    private static Task CountIsAsync(IPage page, long count) => Assertions.Expect(page.Locator(".count")).ToHaveTextAsync(new Regex("^" + Regex.Escape(Number(count)) + "( |$)"));

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static double Brightness(string colour) => Regex.Matches(colour, "[0-9]+").Take(3).Average(part => double.Parse(part.Value, CultureInfo.InvariantCulture));

    private Task<IPage> OpenAsync(string view = "#/overview", ColorScheme scheme = ColorScheme.Light, int width = 1400, string? file = null) =>
        browser.OpenAsync(file ?? campaign.Page, view, scheme, width, complaints);
}
