namespace AgentScaler.Datasets.Masks;

/// <summary>Positions in code points, as Python and the tokenizers around it count, of .NET's UTF-16.</summary>
public static class CodePoints
{
    /// <summary>How many code points a text has; a lone surrogate is one.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i - 1], text[i]))
            {
                count--;
                i++;
            }
        }

        return count;
    }

    /// <summary>Where each code point of a text begins.</summary>
    /// <returns>One index into the text for each code point, and last the text's length.</returns>
    public static int[] Starts(string text)
    {
        var starts = new int[Count(text) + 1];
        var point = 0;
        for (var i = 0; i < text.Length; i += char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 2 : 1)
        {
            starts[point++] = i;
        }

        starts[point] = text.Length;
        return starts;
    }
}
