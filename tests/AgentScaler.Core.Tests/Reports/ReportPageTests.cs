using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AgentScaler.Reports;

namespace AgentScaler.Core.Tests.Reports;

public sealed class ReportPageTests
{
    /// <summary>What ends a script or a comment, and what ended lines of scripts once.</summary>
    private const string Harmful = "</script><!-- --><script>\u2028\u2029\0]]>";

    [Fact]
    public async Task Begin_TitleOfMarkupAndPlaces_StaysText()
    {
        var page = await WriteAsync("</title><script>alert(1)</script>{{script}}{{data}}<!--data-->", []);
        Assert.Contains("<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;{{script}}{{data}}&lt;!--data--&gt; ", page, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(page, "<script"));
    }

    [Fact]
    public async Task Add_TextThatEndsScripts_IsReadBackAndStandsNowhereElse()
    {
        var page = await WriteAsync("title", [("one", Harmful), ("two", "second")]);
        Assert.Equal(3, Regex.Matches(page, "<script").Count);
        Assert.Equal(3, Regex.Matches(page, "</script").Count);
        Assert.DoesNotContain('\u2028', page);
        Assert.Equal([Harmful, "second"], Regex.Matches(page, "<script type=\"application/json\" id=\"data-[a-z]+\">\"([^\"]*)\"</script>").Select(block => Unpack(block.Groups[1].Value)));
    }

    [Theory]
    [InlineData("script", "<script type=\"module\">(.*)</script>")]
    [InlineData("style", "<style>(.*)</style>")]
    public async Task Begin_Policy_AllowsThePagesOwnPartByItsHash(string part, string pattern)
    {
        var page = await WriteAsync("title", []);
        var own = Regex.Match(page, pattern, RegexOptions.Singleline).Groups[1].Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(own)));
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{part}-src 'sha256-{hash}'"), page, StringComparison.Ordinal);
        Assert.DoesNotContain("</", own, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--", own, StringComparison.Ordinal);
    }

    private static async Task<string> WriteAsync(string title, IEnumerable<(string Name, string Text)> blocks)
    {
        using var stream = new MemoryStream();
        var page = await ReportPage.BeginAsync(stream, title, CancellationToken.None);
        foreach (var (name, text) in blocks)
        {
            await page.AddAsync(name, text, CancellationToken.None);
        }

        await page.EndAsync(CancellationToken.None);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string? Unpack(string base64)
    {
        using var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(base64)), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<string>(gzip);
    }
}
