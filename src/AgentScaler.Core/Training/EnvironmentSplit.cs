using AgentScaler.Datasets;
using AgentScaler.Determinism;

namespace AgentScaler.Training;

/// <summary>
/// Splits environments, never rows: trajectories of one environment share tools, policy and rows. Environments of the target domains and the others are split
/// apart, each in the order of a seeded hash of the id, so that both are in every part as far as they suffice; the targets always keep one to train on.
/// </summary>
internal static class EnvironmentSplit
{
    /// <summary>Says of each environment what it is for.</summary>
    /// <param name="environments">Ids, and whether they are of a target domain.</param>
    /// <exception cref="DatasetException">There are too few for the parts that are asked for.</exception>
    public static IReadOnlyDictionary<string, SplitPart> Of(IReadOnlyCollection<(string Id, bool IsTarget)> environments, PhaseSettings settings, Seed seed)
    {
        var validation = Count(environments.Count, settings.ValidationShare);
        var heldOut = Count(environments.Count, settings.HeldOutShare);
        var needed = 1 + (validation > 0 ? 1 : 0) + (heldOut > 0 ? 1 : 0);
        if (environments.Count < needed || environments.Count - validation - heldOut < 1)
        {
            throw new DatasetException(
                $"{environments.Count} environments can't be split: training{(validation > 0 ? ", validation" : "")}{(heldOut > 0 ? " and held-out" : "")} need one each, so at least {needed} with trajectories; "
                + "make more, or set a share to 0");
        }

        var targets = Ordered(environments.Where(environment => environment.IsTarget));
        var others = Ordered(environments.Where(environment => !environment.IsTarget));
        var parts = environments.ToDictionary(environment => environment.Id, _ => SplitPart.Train, StringComparer.Ordinal);
        Take(SplitPart.HeldOut, heldOut, settings.HeldOutShare);
        Take(SplitPart.Validation, validation, settings.ValidationShare);
        return parts;

        // The targets give their rounded share, but what the others lack they must give too; the last of them stays.
        void Take(SplitPart part, int count, double share)
        {
            var ofTargets = Math.Min(Math.Max((int)Math.Round(share * targets.Count, MidpointRounding.AwayFromZero), count - others.Count), Math.Min(count, targets.Count - 1));
            foreach (var id in Next(targets, Math.Max(ofTargets, 0)).Concat(Next(others, count - Math.Max(ofTargets, 0))))
            {
                parts[id] = part;
            }
        }

        Queue<string> Ordered(IEnumerable<(string Id, bool IsTarget)> some) =>
            new(some.Select(environment => environment.Id).OrderBy(id => seed.Child(id).Random().NextBits()).ThenBy(id => id, StringComparer.Ordinal));
    }

    private static List<string> Next(Queue<string> queue, int count)
    {
        var next = new List<string>();
        while (next.Count < count && queue.TryDequeue(out var id))
        {
            next.Add(id);
        }

        return next;
    }

    private static int Count(int environments, double share) =>
        share <= 0 ? 0 : Math.Max(1, (int)Math.Round(share * environments, MidpointRounding.AwayFromZero));
}
