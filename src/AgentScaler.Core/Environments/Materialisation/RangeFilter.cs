using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>A filter on a bound of a field: <c>min_price</c>, <c>created_after</c>, <c>start_date_to</c>.</summary>
/// <param name="Field">The words of the field it bounds.</param>
/// <param name="Operator"><c>&gt;=</c>, <c>&lt;=</c>, <c>&gt;</c> or <c>&lt;</c>.</param>
internal sealed record RangeFilter(string Field, string Operator)
{
    /// <summary>Reads a parameter's name; null if it is no bound.</summary>
    public static RangeFilter? Read(string parameter)
    {
        var tokens = Words.Tokens(parameter);
        if (tokens.Count > 2 && tokens[0] is "filter" or "query" or "where")
        {
            // filter[created_at][gte]: what it is a filter on comes behind.
            tokens = [.. tokens.Skip(1)];
        }

        if (tokens.Count < 2)
        {
            return null;
        }

        return (tokens[0], tokens[^1]) switch
        {
            ("min" or "minimum" or "from", _) => new(string.Join('_', tokens.Skip(1)), ">="),
            ("max" or "maximum" or "to", _) => new(string.Join('_', tokens.Skip(1)), "<="),
            (_, "gt") => new(string.Join('_', tokens.SkipLast(1)), ">"),
            (_, "lt") => new(string.Join('_', tokens.SkipLast(1)), "<"),
            ("after" or "since", _) => new(string.Join('_', tokens.Skip(1)), ">="),
            ("before" or "until", _) => new(string.Join('_', tokens.Skip(1)), "<="),
            (_, "after" or "from" or "since" or "min" or "gte" or "ge") => new(string.Join('_', tokens.SkipLast(1)), ">="),
            (_, "before" or "to" or "until" or "max" or "lte" or "le") => new(string.Join('_', tokens.SkipLast(1)), "<="),
            _ => null,
        };
    }

    /// <summary>The operator of a bound that names no field, so that it is on when things happened: <c>since</c>, <c>until</c>, <c>start_date</c>; null if it is none.</summary>
    public static string? OnTime(string parameter) => string.Join('_', Words.Tokens(parameter)) switch
    {
        "since" or "from" or "from_date" or "date_from" or "start_date" or "start_time" or "begin_date" or "after_date" => ">=",
        "until" or "to" or "to_date" or "date_to" or "end_date" or "end_time" or "before_date" => "<=",
        _ => null,
    };
}
