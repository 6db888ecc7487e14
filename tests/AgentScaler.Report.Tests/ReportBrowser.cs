using Microsoft.Playwright;

namespace AgentScaler.Report.Tests;

/// <summary>The one browser of all walks; each has pages of its own.</summary>
public sealed class ReportBrowser : IAsyncLifetime
{
    /// <summary>Far more than is needed on a busy machine; a page that lags takes longer.</summary>
    private const float Patience = 30_000;

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async Task InitializeAsync()
    {
        if (Chromium.Path is not null)
        {
            playwright = await Playwright.CreateAsync();
            browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium.Path, Args = ["--no-sandbox"] });
        }
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }

    /// <summary>Opens a report from disk; skips the test where there is no browser.</summary>
    /// <param name="complaints">Takes what the page complains of and every address it asks for.</param>
    public async Task<IPage> OpenAsync(string file, string view, ColorScheme scheme, int width, ICollection<string> complaints)
    {
        Skip.If(browser is null, Chromium.Missing);
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = width, Height = 860 }, ColorScheme = scheme });
        page.SetDefaultTimeout(Patience);
        page.Console += (_, message) => complaints.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, fault) => complaints.Add(fault);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                complaints.Add("requested " + request.Url);
            }
        };
        await page.GotoAsync(new Uri(file).AbsoluteUri + view);
        await page.Locator("body[data-ready]").WaitForAsync();
        return page;
    }
}
