namespace AgentScaler.Graphs;

/// <summary>
/// Holds the tool graph's mean degree within bounds: the cosines of a hashing embedder have no natural threshold, and a catalogue of a
/// hundred thousand tools has more close pairs a tool than one of a hundred. Where the settings' threshold leaves more edges than wanted it
/// rises until enough of the weakest are gone.
/// </summary>
internal static class SimilarityCalibration
{
    private const double Step = 0.05;

    /// <summary>Finds the edges above the lowest threshold, at least the settings', at which the mean degree is within bounds.</summary>
    /// <exception cref="GraphException">Even cosines of nearly 1 leave more edges than can be held.</exception>
    public static (IReadOnlyList<SimilarityEdge> Edges, double Threshold) Find(
        VectorTable vectors, GraphSettings settings, CancellationToken cancellationToken)
    {
        var threshold = settings.ForHashing().Threshold!.Value;
        IReadOnlyList<SimilarityEdge>? edges = null;
        while (edges is null)
        {
            try
            {
                edges = SimilarityGraph.Find(vectors, threshold, cancellationToken: cancellationToken);
            }
            catch (GraphException) when (threshold + Step < 1)
            {
                threshold = Math.Round(threshold + Step, CosineKernel.Decimals);
            }
        }

        var wanted = (long)(settings.MaximumMeanDegree * vectors.Count / 2);
        if (edges.Count <= wanted)
        {
            return (edges, threshold);
        }

        // The weakest edge too many decides; its equals go with it.
        var weights = edges.Select(edge => edge.Weight).Order().ToArray();
        threshold = weights[^(int)(wanted + 1)];
        return ([.. edges.Where(edge => edge.Weight > threshold)], threshold);
    }
}
