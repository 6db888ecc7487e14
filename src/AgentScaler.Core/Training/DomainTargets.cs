using AgentScaler.Datasets;

namespace AgentScaler.Training;

/// <summary>Finds the domains that people name.</summary>
internal static class DomainTargets
{
    private const int Shown = 5;

    /// <summary>Numbers of the named domains, sorted.</summary>
    /// <param name="targets">Ids or names, in any case.</param>
    /// <exception cref="DatasetException">None is named, or one is no domain of the dataset; the message names the nearest.</exception>
    public static SortedSet<int> Find(IReadOnlyList<string> targets, IReadOnlyList<(string Id, string Name)> domains)
    {
        if (targets.Count == 0)
        {
            throw new DatasetException($"expected at least one target domain for phase 2: name it with --target, e.g. one of {string.Join(", ", domains.Select(domain => domain.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(Shown))}");
        }

        var found = new SortedSet<int>();
        foreach (var target in targets)
        {
            var any = false;
            for (var i = 0; i < domains.Count; i++)
            {
                if (string.Equals(target, domains[i].Id, StringComparison.OrdinalIgnoreCase) || string.Equals(target, domains[i].Name, StringComparison.OrdinalIgnoreCase))
                {
                    found.Add(i);
                    any = true;
                }
            }

            if (!any)
            {
                var nearest = domains.SelectMany(domain => new[] { domain.Name, domain.Id }).Distinct(StringComparer.Ordinal)
                    .OrderBy(name => Distance(target.ToLowerInvariant(), name.ToLowerInvariant())).ThenBy(name => name, StringComparer.Ordinal).ToList();
                throw new DatasetException(nearest.Count == 0
                    ? $"'{target}' is no domain of this dataset, which has no trajectories"
                    : $"'{target}' is no domain of this dataset; the nearest is '{nearest[0]}'");
            }
        }

        return found;
    }

    /// <summary>Edits of one letter that lead from one text to the other (Levenshtein 1966).</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
