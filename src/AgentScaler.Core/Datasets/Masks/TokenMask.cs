namespace AgentScaler.Datasets.Masks;

/// <summary>
/// The token mask of any tokenizer, from the spans and the tokens' offsets. A token is trained if it lies within a span: one that reaches over a span's
/// beginning holds a piece of the turn's header, which the model is given. Spans end with the token that ends the turn, so none reaches over an end.
/// </summary>
public static class TokenMask
{
    /// <summary>Says of each token whether the loss covers it.</summary>
    /// <param name="spans">Sorted spans.</param>
    /// <param name="tokens">Start and end of each token, in the spans' unit, sorted by start; several tokens may share a character.</param>
    public static bool[] Of(IReadOnlyList<MaskSpan> spans, IReadOnlyList<(int Start, int End)> tokens)
    {
        var mask = new bool[tokens.Count];
        var span = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            while (span < spans.Count && spans[span].End <= tokens[i].Start)
            {
                span++;
            }

            mask[i] = span < spans.Count && tokens[i].Start >= spans[span].Start && tokens[i].End <= spans[span].End;
        }

        return mask;
    }
}
