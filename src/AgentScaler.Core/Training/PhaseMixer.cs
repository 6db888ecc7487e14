using System.Numerics;

namespace AgentScaler.Training;

/// <summary>Chooses a phase's trajectories and their order; equal input gives equal output, whatever the order of the input.</summary>
internal static class PhaseMixer
{
    /// <summary>Caps and balances domains.</summary>
    public static List<PhaseRow> Mix(IEnumerable<PhaseRow> rows, PhaseSettings settings)
    {
        var most = settings.MaximumPerDomain > 0 ? settings.MaximumPerDomain : int.MaxValue;
        var domains = rows.GroupBy(row => row.Domain).OrderBy(group => group.Key)
            .Select(group => group.OrderBy(row => row.Key).ThenBy(row => row.Offset).Take(most).ToList()).ToList();
        if (domains.Count == 0)
        {
            return [];
        }

        var smallest = domains.Min(domain => domain.Count);
        return [.. domains.SelectMany(domain => domain.Take((int)Math.Round(Math.Pow(domain.Count, 1 - settings.Balance) * Math.Pow(smallest, settings.Balance))))];
    }

    /// <summary>Draws trajectories to be repeated, so that they are the given share of what comes of it; fewer where there are not enough.</summary>
    /// <param name="rows">What may be repeated.</param>
    /// <param name="fresh">Trajectories that are not repeated.</param>
    public static List<PhaseRow> Replay(IEnumerable<PhaseRow> rows, int fresh, double share)
    {
        // Not by the key itself: caps took the lowest of it, domain by domain.
        return [.. rows.OrderBy(row => BitOperations.RotateLeft(row.Key, 32)).ThenBy(row => row.Offset).Take(Replayed(fresh, share))];
    }

    /// <summary>How many repeated trajectories make up the given share, below 1, beside those that are not repeated.</summary>
    public static int Replayed(int fresh, double share) => (int)Math.Round(share / (1 - share) * fresh, MidpointRounding.AwayFromZero);

    /// <summary>Puts trajectories in their order.</summary>
    public static List<PhaseRow> Arrange(IEnumerable<PhaseRow> rows, PhaseOrder order) =>
        [.. rows.OrderBy(row => order == PhaseOrder.Curriculum ? row.Band : (byte)0).ThenBy(row => BitOperations.RotateLeft(row.Key, 16)).ThenBy(row => row.Offset)];
}
