using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>A filter on a bound of a field: <c>min_price</c>, <c>created_after</c>, <c>start_date_to</c>.</summary>
/// <param name="Field">The words of the field it bounds.</param>
/// <param name="Operator"><c>&gt;=</c> or <c>&lt;=</c>.</param>
internal sealed record RangeFilter(string Field, string Operator)
{
    /// <summary>Reads a parameter's name; null if it is no bound.</summary>
    public static RangeFilter? Read(string parameter)
    {
        var tokens = Words.Tokens(parameter);
        if (tokens.Count < 2)
        {
            return null;
        }

        return (tokens[0], tokens[^1]) switch
        {
            ("min" or "minimum" or "from", _) => new(string.Join('_', tokens.Skip(1)), ">="),
            ("max" or "maximum" or "to", _) => new(string.Join('_', tokens.Skip(1)), "<="),
            (_, "after" or "from" or "since" or "min") => new(string.Join('_', tokens.SkipLast(1)), ">="),
            (_, "before" or "to" or "until" or "max") => new(string.Join('_', tokens.SkipLast(1)), "<="),
            _ => null,
        };
    }
}
