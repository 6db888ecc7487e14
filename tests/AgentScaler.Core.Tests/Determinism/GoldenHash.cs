using System.Security.Cryptography;
using System.Text;

namespace AgentScaler.Core.Tests.Determinism;

/// <summary>SHA-256 of a text by the framework alone, to hold ours against.</summary>
internal static class GoldenHash
{
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
