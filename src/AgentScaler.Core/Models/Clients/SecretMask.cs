using System.Text.RegularExpressions;

namespace AgentScaler.Models.Clients;

/// <summary>Takes secrets out of texts that people will see: endpoints quote keys in their errors.</summary>
/// <param name="secrets">What must not be seen; parts of it neither, as endpoints quote shortened keys.</param>
internal sealed partial class SecretMask(IEnumerable<string> secrets)
{
    private const string Mask = "***";
    private const int ShortestPart = 6;

    private readonly IReadOnlyList<string> secrets = [.. secrets.Where(secret => secret.Length > 0)];

    /// <summary>The text without secrets.</summary>
    public string Apply(string text)
    {
        foreach (var secret in secrets)
        {
            text = text.Replace(secret, Mask, StringComparison.Ordinal);
            for (var length = secret.Length - 1; length >= ShortestPart; length--)
            {
                text = text.Replace(secret[..length], Mask, StringComparison.Ordinal).Replace(secret[^length..], Mask, StringComparison.Ordinal);
            }
        }

        return KeyLike().Replace(text, Mask);
    }

    [GeneratedRegex(@"\b(sk|pk|key)-[A-Za-z0-9_\-*]{6,}|\b[Bb]earer\s+[A-Za-z0-9._\-]{8,}", RegexOptions.CultureInvariant)]
    private static partial Regex KeyLike();
}
