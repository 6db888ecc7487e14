using AgentScaler.Tools;

namespace AgentScaler.Graphs;

/// <summary>
/// Vectors of tools without any model. A tool becomes three bags of features: its parameter list (paper, Eq. 1), and two of our own that
/// count less: the nouns of its name and path, because most real operations share nothing but an id, and its provider, because
/// <c>member_id</c> of two APIs are two things. Features weigh by tf-idf over the catalogue, so what stands everywhere weighs little. Each
/// bag has at most unit
/// length times its share; one of nothing but common words stays short. Features are projected by signs drawn from their 64-bit FNV-1a
/// hash (Achlioptas, 2003), so cosines are kept up to a deviation of 1/sqrt(dimensions).
/// </summary>
public sealed class HashingEmbedder
{
    /// <summary>Default length of a vector: cosines of unrelated tools scatter around 0 by 0.044.</summary>
    public const int DefaultDimensions = 512;

    /// <summary>Weight of the nouns of name and path beside the parameters' 1.</summary>
    private const double NounShare = 0.8;

    /// <summary>Weight of the provider beside the parameters' 1.</summary>
    private const double ProviderShare = 0.5;

    /// <summary>Decimals of a logarithm: mathematical libraries differ in the last bits.</summary>
    private const int LogarithmDecimals = 9;

    private readonly int dimensions;

    /// <summary>An embedder of vectors of the given length.</summary>
    /// <param name="dimensions">A multiple of 64, 64-4096.</param>
    public HashingEmbedder(int dimensions = DefaultDimensions)
    {
        if (dimensions is < 64 or > 4096 || dimensions % 64 != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(dimensions), dimensions, "expected a multiple of 64 from 64 to 4096");
        }

        this.dimensions = dimensions;
    }

    /// <summary>Embeds a catalogue. A tool's vector depends on which tools there are, not on their order.</summary>
    /// <returns>Row i for tool i, normalised; a zero row for a tool that says nothing at all.</returns>
    public VectorTable Embed(IReadOnlyList<ToolSpec> tools)
    {
        var features = tools.Select(ToolFeatures.Of).ToArray();
        var frequency = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var tool in features)
        {
            foreach (var name in tool.Parameters.Keys.Concat(tool.Nouns.Keys).Concat(tool.Provider.Keys).Distinct(StringComparer.Ordinal))
            {
                frequency[name] = frequency.GetValueOrDefault(name) + 1;
            }
        }

        var values = new float[tools.Count * dimensions];
        Parallel.For(0, tools.Count, i => EmbedOne(features[i], frequency, tools.Count, values.AsSpan(i * dimensions, dimensions)));
        return new VectorTable(values, dimensions);
    }

    private void EmbedOne(ToolFeatures features, Dictionary<string, int> frequency, int tools, Span<float> target)
    {
        var sums = new double[dimensions];
        Add(features.Parameters, 1, frequency, tools, sums);
        Add(features.Nouns, features.Parameters.Count == 0 ? 1 : NounShare, frequency, tools, sums);
        Add(features.Provider, ProviderShare, frequency, tools, sums);
        var length = 0.0;
        foreach (var sum in sums)
        {
            length += sum * sum;
        }

        length = Math.Sqrt(length);
        for (var i = 0; i < dimensions && length > 0; i++)
        {
            target[i] = (float)(sums[i] / length);
        }
    }

    /// <summary>Adds one bag: its tf-idf vector, brought to at most the length <paramref name="share"/>.</summary>
    private static void Add(SortedDictionary<string, double> bag, double share, Dictionary<string, int> frequency, int tools, double[] sums)
    {
        // Half of the weight of a word that only one tool has: a bag shorter than that holds only common words and stays short.
        var reference = Weight(1, tools) / 2;
        var square = 0.0;
        foreach (var (name, weight) in bag)
        {
            var scaled = weight * Weight(frequency[name], tools);
            square += scaled * scaled;
        }

        if (square == 0)
        {
            return;
        }

        var scale = share / Math.Max(Math.Sqrt(square), reference);
        foreach (var (name, weight) in bag)
        {
            Project(Fnv1a.Hash(name), scale * weight * Weight(frequency[name], tools), sums);
        }
    }

    /// <summary>Adds a feature with a sign for each dimension, 64 signs from each step of SplitMix64 (Steele et al., 2014).</summary>
    private static void Project(ulong hash, double weight, double[] sums)
    {
        for (var start = 0; start < sums.Length; start += 64)
        {
            hash += 0x9E3779B97F4A7C15;
            var bits = hash;
            bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
            bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
            bits ^= bits >> 31;
            for (var i = 0; i < 64; i++)
            {
                sums[start + i] += (bits >> i & 1) == 0 ? weight : -weight;
            }
        }
    }

    /// <summary>Inverse document frequency, smoothed so that what all tools of a small catalogue share still counts a little.</summary>
    private static double Weight(int frequency, int tools) => Math.Round(Math.Log(1 + ((double)tools / frequency)), LogarithmDecimals);
}
