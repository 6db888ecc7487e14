using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AgentScaler.Datasets;
using AgentScaler.Funnel;
using AgentScaler.Storage;

namespace AgentScaler.Reports;

/// <summary>
/// Which episodes of a campaign a report shows: all, or where there are more than it holds, of each reason (and of the kept ones) as many as of any
/// other until a reason has no more. Which of a reason's is decided by a hash of seed and id, so the same campaign shows the same episodes.
/// </summary>
internal sealed class EpisodeChoice
{
    private readonly HashSet<string>? chosen;

    private EpisodeChoice(HashSet<string>? chosen, long total) => (this.chosen, Total) = (chosen, total);

    /// <summary>All episodes of the campaign.</summary>
    public long Total { get; }

    /// <summary>Whether the episode is shown.</summary>
    public bool Has(string episode) => chosen?.Contains(episode) ?? true;

    /// <summary>Chooses, reading nothing but verdicts.</summary>
    /// <param name="most">Episodes to show at most.</param>
    /// <param name="seed">The campaign's.</param>
    public static async Task<EpisodeChoice> MakeAsync(
        IArtifactStore artifacts, IReadOnlyList<Judgement> judgements, int most, long seed, CancellationToken cancellationToken)
    {
        var total = judgements.Sum(judgement => judgement.Funnel.Counts.Episodes);
        if (total <= most)
        {
            return new EpisodeChoice(null, total);
        }

        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var lowest = new SortedDictionary<string, PriorityQueue<string, ulong>>(StringComparer.Ordinal);
        foreach (var judgement in judgements)
        {
            await foreach (var verdict in artifacts.ReadLinesAsync<Verdict>(judgement.Verdicts, cancellationToken))
            {
                var reason = verdict.Reason ?? string.Empty;
                counts[reason] = counts.GetValueOrDefault(reason) + 1;
                if (!lowest.TryGetValue(reason, out var queue))
                {
                    lowest[reason] = queue = new PriorityQueue<string, ulong>();
                }

                // The queue gives up its least first, so the rank is turned round: it holds the lowest hashes.
                queue.Enqueue(verdict.Episode, ulong.MaxValue - Rank(seed, verdict.Episode));
                if (queue.Count > most)
                {
                    queue.Dequeue();
                }
            }
        }

        var chosen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (reason, share) in Shares(counts, most))
        {
            var queue = lowest[reason];
            while (queue.Count > share)
            {
                queue.Dequeue();
            }

            chosen.UnionWith(queue.UnorderedItems.Select(item => item.Element));
        }

        return new EpisodeChoice(chosen, total);
    }

    /// <summary>Divides places among reasons: the rarest first, each gets an even part of what is left, or all it has.</summary>
    internal static IReadOnlyList<(string Reason, long Share)> Shares(IReadOnlyDictionary<string, long> counts, long places)
    {
        var shares = new List<(string, long)>();
        var rarest = counts.OrderBy(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).ToList();
        for (var i = 0; i < rarest.Count; i++)
        {
            var share = Math.Min(rarest[i].Value, places / (rarest.Count - i));
            shares.Add((rarest[i].Key, share));
            places -= share;
        }

        return shares;
    }

    private static ulong Rank(long seed, string episode) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/report/{episode}")));
}
