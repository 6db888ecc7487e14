using AgentScaler.Tools.Reading;

namespace AgentScaler.Tools.ToolLists;

/// <summary>How a document tells which parameters are needed, where their declaration itself is silent.</summary>
/// <param name="SilentMeansRequired">Whether a parameter without any mark is needed.</param>
/// <param name="DefaultMeansOptional">Whether a default tells that it is not.</param>
internal sealed record RequirementMarks(bool SilentMeansRequired, bool DefaultMeansOptional)
{
    /// <summary>Documents in which a schema says it all.</summary>
    public static RequirementMarks Explicit { get; } = new(false, false);

    /// <summary>
    /// Where a document marks what is needed, what is not marked is not. Where it marks only what is optional, or nothing, all else is needed;
    /// API Zoo lists optional arguments without saying so.
    /// </summary>
    public static RequirementMarks Of(ReadOnlySpan<byte> text, string dialect)
    {
        if (dialect == Dialect.GorillaApiZoo || text.IndexOf("required\":"u8) >= 0 || text.IndexOf("required\\\":"u8) >= 0 || text.IndexOf("required':"u8) >= 0)
        {
            return Explicit;
        }

        return new RequirementMarks(true, DefaultMeansOptional: text.IndexOf("optional"u8) < 0);
    }
}
