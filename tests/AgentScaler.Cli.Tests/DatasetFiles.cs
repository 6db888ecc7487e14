using System.Security.Cryptography;

namespace AgentScaler.Cli.Tests;

/// <summary>The files of a campaign that must be the same, byte by byte, however it was run.</summary>
internal static class DatasetFiles
{
    /// <summary>Name to SHA-256 of all files under <c>dataset/</c> and of <c>rejected.jsonl</c>, sorted by name.</summary>
    public static IReadOnlyList<string> Hash(string folder) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(folder, "dataset"), "*", SearchOption.AllDirectories).Append(Path.Combine(folder, "rejected.jsonl"))
            .Select(file => $"{Path.GetRelativePath(folder, file)} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}")
            .Order(StringComparer.Ordinal),
    ];
}
