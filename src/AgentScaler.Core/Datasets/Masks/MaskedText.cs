using System.Text;

namespace AgentScaler.Datasets.Masks;

/// <summary>A text being rendered, with what of it is trained.</summary>
internal sealed class MaskedText
{
    private readonly StringBuilder text = new();
    private readonly List<MaskSpan> spans = [];
    private int length;

    /// <summary>The text so far.</summary>
    public string Text => text.ToString();

    /// <summary>The trained stretches so far.</summary>
    public IReadOnlyList<MaskSpan> Spans => [.. spans];

    /// <summary>Code points so far.</summary>
    public int Length => length;

    /// <summary>Appends a piece.</summary>
    /// <param name="train">Whether the loss covers it; neighbouring pieces make one span.</param>
    public void Append(string piece, bool train = false)
    {
        if (piece.Length == 0)
        {
            return;
        }

        text.Append(piece);
        var end = length + CodePoints.Count(piece);
        if (train)
        {
            if (spans is [.., var last] && last.End == length)
            {
                spans[^1] = last with { End = end };
            }
            else
            {
                spans.Add(new MaskSpan(length, end));
            }
        }

        length = end;
    }
}
