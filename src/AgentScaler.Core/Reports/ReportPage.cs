using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AgentScaler.Json;

namespace AgentScaler.Reports;

/// <summary>
/// The page as it is written: head and styles, then blocks of data one by one, then the script. A block is <c>gzip</c> in base64, so nothing that a
/// tool, a user or a document says can be markup; the page's own policy lets only the one script run and no address be reached.
/// </summary>
internal sealed partial class ReportPage
{
    /// <summary>Stands where the blocks go; no asset holds it, and a title can't: it is encoded.</summary>
    private const string DataMark = "<!--data-->";

    private static readonly string[] Scripts =
    [
        "dom.js", "format.js", "data.js", "router.js", "charts.js", "funnel.js", "overview.js", "graph.js", "schema.js", "markdown.js", "domains.js",
        "search.js", "list.js", "state.js", "gold.js", "chat.js", "episode.js", "keyboard.js", "main.js",
    ];

    private readonly Stream target;
    private readonly string end;
    private readonly string start;

    private ReportPage(Stream target, string title)
    {
        this.target = target;
        var style = Asset("report.css");
        var script = string.Concat(Scripts.Select(name => $"// {name}\n{Asset(name)}"));

        // In one pass, so that what is put in is never taken for a place of its own.
        var page = Places().Replace(Asset("report.html"), place => place.Groups[1].Value switch
        {
            "title" => WebUtility.HtmlEncode(title),
            "style" => style,
            "style-hash" => HashOf(style),
            "script" => script,
            "script-hash" => HashOf(script),
            "data" => DataMark,
            var other => throw new InvalidOperationException($"report.html: there is nothing for the place '{other}'"),
        });
        var mark = page.IndexOf(DataMark, StringComparison.Ordinal);
        (start, end) = (page[..mark], page[(mark + DataMark.Length)..]);
    }

    /// <summary>A hash of all that is no data: pages of one campaign differ where this does.</summary>
    public static string Design { get; } = Determinism.Sha256Text.Of(string.Concat(Scripts.Append("report.css").Append("report.html").Select(Asset)))[..12];

    /// <summary>Begins a page.</summary>
    public static async Task<ReportPage> BeginAsync(Stream target, string title, CancellationToken cancellationToken)
    {
        var page = new ReportPage(target, title);
        await page.WriteAsync(page.start, cancellationToken);
        return page;
    }

    /// <summary>Writes a block of data.</summary>
    /// <param name="name">Its name: letters, digits, hyphens.</param>
    public async Task AddAsync<T>(string name, T value, CancellationToken cancellationToken)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            await JsonSerializer.SerializeAsync(gzip, value, ArtifactJson.Options, cancellationToken);
        }

        await WriteAsync($"<script type=\"application/json\" id=\"data-{name}\">\"", cancellationToken);
        await WriteAsync(Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length), cancellationToken);
        await WriteAsync("\"</script>\n", cancellationToken);
    }

    /// <summary>Ends the page.</summary>
    public Task EndAsync(CancellationToken cancellationToken) => WriteAsync(end, cancellationToken);

    [GeneratedRegex(@"\{\{([a-z-]+)\}\}")]
    private static partial Regex Places();

    private static string HashOf(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Asset(string name)
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream("report/" + name)
            ?? throw new InvalidOperationException($"the assembly has no resource 'report/{name}'");
        using var reader = new StreamReader(stream, Encoding.UTF8);

        // A checkout may have turned the line ends; the page's hash must not depend on that.
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    private async Task WriteAsync(string text, CancellationToken cancellationToken) => await target.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
}
