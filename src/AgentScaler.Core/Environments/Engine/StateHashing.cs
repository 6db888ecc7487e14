using System.Security.Cryptography;
using AgentScaler.Json;

namespace AgentScaler.Environments.Engine;

/// <summary>The state hash: SHA-256 over the named sums of the collections, in the order of their names (pipeline.md, determinism contract).</summary>
internal static class StateHashing
{
    /// <summary>Hashes one sum per collection of the environment.</summary>
    public static string Of(LoadedEnvironment environment, ReadOnlySpan<HashSum> sums)
    {
        var writer = CanonicalWriter.Shared();
        Span<byte> bytes = stackalloc byte[HashSum.Size];
        for (var i = 0; i < sums.Length; i++)
        {
            // A zero byte can't occur in a name, so names and sums can't be confused.
            writer.AppendText(environment.Collections[i].Spec.Name);
            writer.Append(0);
            sums[i].Write(bytes);
            writer.Append(bytes);
        }

        SHA256.HashData(writer.Written, bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
