using System.Globalization;

namespace AgentScaler.Cli.Output;

/// <summary>Amounts as tables and lines show them: <c>12,345</c>.</summary>
internal static class Amount
{
    /// <summary>A whole number, with commas, whatever the user's language.</summary>
    public static string Of(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
