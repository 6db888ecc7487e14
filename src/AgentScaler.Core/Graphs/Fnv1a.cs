using System.Text;

namespace AgentScaler.Graphs;

/// <summary>The 64-bit FNV-1a hash (Fowler, Noll and Vo): the same on every machine, in every process.</summary>
internal static class Fnv1a
{
    /// <summary>Hashes a text's UTF-8 bytes.</summary>
    public static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ value) * 1099511628211UL;
        }

        return hash;
    }
}
