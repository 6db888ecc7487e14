using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Parameters that shape a listing rather than say what is wanted.</summary>
internal static class Paging
{
    /// <summary>The role of a listing parameter.</summary>
    public enum Role
    {
        /// <summary>None: it is about content.</summary>
        None,

        /// <summary>How many rows at most.</summary>
        Limit,

        /// <summary>How many rows to skip.</summary>
        Offset,

        /// <summary>Which page, counted from 1.</summary>
        Page,

        /// <summary>The field to sort by, perhaps with a sign or direction.</summary>
        Sort,

        /// <summary>Whether to sort up or down.</summary>
        Direction,

        /// <summary>Where the last page ended: here the key of its last row, as text.</summary>
        Cursor,

        /// <summary>Knobs without effect here: field selection, cursors backwards.</summary>
        Ignored,
    }

    /// <summary>Reads a parameter's role from its name.</summary>
    public static Role RoleOf(string parameter) => string.Join('_', Words.Tokens(parameter)) switch
    {
        "limit" or "page_size" or "pagesize" or "per_page" or "max_results" or "num_results" or "count" or "top" or "size" or "max" or "max_items" or "max_records" or "max_entries" or "num_rows" or "page_limit" => Role.Limit,
        "offset" or "skip" or "start_index" or "skip_records" or "start_row" => Role.Offset,
        "page" or "page_number" or "page_no" or "page_num" or "pagenum" or "page_index" or "current_page" => Role.Page,
        "sort" or "sort_by" or "sortby" or "order_by" or "orderby" or "ordering" or "sort_field" => Role.Sort,
        "order" or "sort_order" or "sort_direction" or "sort_dir" or "direction" => Role.Direction,
        "cursor" or "next_cursor" or "page_cursor" or "page_token" or "next_page_token" or "next_token" or "marker" or "next_marker" or "page_marker" or "start_token" or "starting_token"
            or "continuation_token" or "skiptoken" or "skip_token" or "starting_after" or "start_cursor" or "end_cursor" or "pagination_token" or "next_page_cursor" => Role.Cursor,
        "fields" or "expand" or "include" or "exclude_fields" or "embed" or "page_info"
            or "usemarker" or "use_marker" or "after" or "before" or "ending_before" or "prev_cursor" or "previous_cursor" or "locale" or "lang" or "filter" or "filters" or "filter_expression" or "select" => Role.Ignored,
        _ => Role.None,
    };
}
