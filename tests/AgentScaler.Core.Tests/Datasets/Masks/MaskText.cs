using System.Text;
using AgentScaler.Datasets.Masks;

namespace AgentScaler.Core.Tests.Datasets.Masks;

/// <summary>Reads spans the way Python would: by code points, counted here by runes.</summary>
internal static class MaskText
{
    /// <summary>A sample's text with its spans in brackets, <c>⟦like this⟧</c>.</summary>
    public static string Marked(MaskSample sample)
    {
        var runes = sample.Text.EnumerateRunes().ToList();
        var text = new StringBuilder();
        for (var i = 0; i <= runes.Count; i++)
        {
            text.Append(sample.Spans.Any(span => span.End == i) ? "⟧" : "").Append(sample.Spans.Any(span => span.Start == i) ? "⟦" : "");
            text.Append(i < runes.Count ? runes[i].ToString() : "");
        }

        return text.ToString();
    }

    /// <summary>What the spans hold, joined.</summary>
    public static string Trained(MaskSample sample)
    {
        var runes = sample.Text.EnumerateRunes().ToList();
        return string.Concat(sample.Spans.SelectMany(span => runes[span.Start..span.End]));
    }
}
