using System.Security.Cryptography;
using System.Text;

namespace AgentScaler.Environments.Engine;

/// <summary>The state hash: SHA-256 over the named sums of the collections, in the order of their names (pipeline.md, determinism contract).</summary>
internal static class StateHashing
{
    /// <summary>Hashes one sum per collection of the environment.</summary>
    public static string Of(LoadedEnvironment environment, ReadOnlySpan<HashSum> sums)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> sum = stackalloc byte[HashSum.Size];
        for (var i = 0; i < sums.Length; i++)
        {
            // A zero byte can't occur in a name, so names and sums can't be confused.
            hash.AppendData(Encoding.UTF8.GetBytes(environment.Collections[i].Spec.Name + "\0"));
            sums[i].Write(sum);
            hash.AppendData(sum);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
