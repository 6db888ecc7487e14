using System.IO.Compression;
using System.Text.Json;

namespace AgentScaler.Report.Tests;

/// <summary>A block of data of a report, read as the page reads it.</summary>
internal static class ReportBlock
{
    /// <summary>Reads the block of an element's id from a page's text.</summary>
    public static JsonElement Read(string page, string id)
    {
        var mark = $"id=\"{id}\">\"";
        var start = page.IndexOf(mark, StringComparison.Ordinal) + mark.Length;
        Assert.True(start >= mark.Length, $"the report has no block '{id}'");
        using var packed = new MemoryStream(Convert.FromBase64String(page[start..page.IndexOf('"', start)]));
        using var gzip = new GZipStream(packed, CompressionMode.Decompress);
        using var document = JsonDocument.Parse(gzip, new JsonDocumentOptions { MaxDepth = 256 });
        return document.RootElement.Clone();
    }
}
