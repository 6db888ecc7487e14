using System.Buffers.Text;
using System.Text;

namespace AgentScaler.Graphs;

/// <summary>
/// Reads edge lists <c>u v [w]</c>: nodes are whole numbers from 0, weights numbers from 0 (1 if absent), separated by spaces or tabs. Blank
/// lines and those that start with <c>#</c> or <c>%</c> are passed over. Nodes may be numbered with gaps. Memory holds the edges, not the
/// text.
/// </summary>
public static class EdgeListReader
{
    /// <summary>What a line should have been, for messages.</summary>
    public const string Expected = "two node numbers from 0 and perhaps a weight from 0";

    private const int LongestLine = 1 << 16;
    private const int ProblemsKept = 20;
    private const int ExcerptLength = 60;

    /// <summary>Reads a file; gzip is recognised by its content.</summary>
    /// <exception cref="GraphException">The file holds damaged gzip data, or no edge at all.</exception>
    public static EdgeList ReadFile(string path)
    {
        using var stream = GraphFile.OpenRead(path);
        try
        {
            var list = Read(stream);
            return list.Nodes.Count > 0 ? list : throw new GraphException(
                list.Problems is [var first, ..]
                    ? $"{path}, line {first.Line}: found '{first.Found}'; expected {Expected}; no line is an edge"
                    : $"{path} holds no edge; expected lines of {Expected}");
        }
        catch (InvalidDataException e)
        {
            throw new GraphException($"{path}: {e.Message}");
        }
    }

    /// <summary>Reads text.</summary>
    public static EdgeList Read(Stream stream)
    {
        var edges = new List<SimilarityEdge>();
        var unlinked = new List<int>();
        var problems = new List<EdgeListProblem>();
        long line = 0, problemCount = 0;
        var buffer = new byte[LongestLine];
        int filled = 0, read;
        var isOverlong = false;
        do
        {
            read = stream.Read(buffer, filled, buffer.Length - filled);
            filled += read;
            var rest = buffer.AsSpan(0, filled);
            for (int end; (end = rest.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
            {
                Take(rest[..end]);
            }

            if (read == 0 && rest.Length > 0)
            {
                Take(rest);
                rest = [];
            }
            else if (rest.Length == buffer.Length)
            {
                // No edge is that long: the part read stands for the line, the rest is skipped.
                Take(rest);
                isOverlong = true;
                rest = [];
            }

            rest.CopyTo(buffer);
            filled = rest.Length;
        }
        while (read > 0);
        return Number(edges, unlinked, problems, problemCount);

        void Take(ReadOnlySpan<byte> text)
        {
            if (isOverlong)
            {
                isOverlong = false;
                return;
            }

            line++;
            text = text.Trim(" \t\r"u8);
            if (text.IsEmpty || text[0] is (byte)'#' or (byte)'%')
            {
                return;
            }

            if (!TryParse(text, out var edge))
            {
                problemCount++;
                if (problems.Count < ProblemsKept)
                {
                    problems.Add(new EdgeListProblem(line, Encoding.UTF8.GetString(text[..Math.Min(text.Length, ExcerptLength)])));
                }
            }
            else if (edge.Weight > 0)
            {
                edges.Add(edge);
            }
            else
            {
                unlinked.Add(edge.U);
                unlinked.Add(edge.V);
            }
        }
    }

    private static bool TryParse(ReadOnlySpan<byte> text, out SimilarityEdge edge)
    {
        edge = default;
        if (!TryTakeNode(ref text, out var u) || !TryTakeNode(ref text, out var v))
        {
            return false;
        }

        var weight = 1.0;
        if (!text.IsEmpty && (!Utf8Parser.TryParse(text, out weight, out int used) || used < text.Length || !double.IsFinite(weight) || weight < 0))
        {
            return false;
        }

        edge = new SimilarityEdge(Math.Min(u, v), Math.Max(u, v), weight);
        return true;
    }

    /// <summary>Takes a number that ends the text or stands before a space.</summary>
    private static bool TryTakeNode(ref ReadOnlySpan<byte> text, out int node)
    {
        if (!Utf8Parser.TryParse(text, out node, out int used) || node < 0 || (used < text.Length && text[used] is not ((byte)' ' or (byte)'\t')))
        {
            return false;
        }

        text = text[used..].TrimStart(" \t"u8);
        return true;
    }

    /// <summary>Makes node numbers positions, so that a gap costs no memory.</summary>
    private static EdgeList Number(List<SimilarityEdge> edges, List<int> unlinked, List<EdgeListProblem> problems, long problemCount)
    {
        var known = new HashSet<int>(unlinked);
        foreach (var edge in edges)
        {
            known.Add(edge.U);
            known.Add(edge.V);
        }

        var nodes = known.Order().ToArray();
        if (nodes.Length > 0 && nodes[^1] != nodes.Length - 1)
        {
            var position = new Dictionary<int, int>(nodes.Length);
            for (var i = 0; i < nodes.Length; i++)
            {
                position[nodes[i]] = i;
            }

            for (var i = 0; i < edges.Count; i++)
            {
                edges[i] = new SimilarityEdge(position[edges[i].U], position[edges[i].V], edges[i].Weight);
            }
        }

        return new EdgeList(nodes, edges, problems, problemCount);
    }
}
