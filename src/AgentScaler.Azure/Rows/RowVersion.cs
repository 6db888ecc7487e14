namespace AgentScaler.Azure.Rows;

/// <summary>
/// One version of a row. What callers get as its ETag is <see cref="Text"/>: beside the service's own ETag it says which writes made the row
/// what it is, so that the next write can hand that history on without reading the row.
/// </summary>
/// <param name="Service">The service's ETag.</param>
/// <param name="Marks">Marks of the latest writes (<see cref="WriteMark"/>), newest first, without separators.</param>
/// <param name="IsSpilled">Whether the value stands in a blob, under the newest mark.</param>
internal sealed record RowVersion(string Service, string Marks, bool IsSpilled)
{
    /// <summary>
    /// The ETag of a version that was overwritten before its writer heard that it had been written; it is never the current one.
    /// </summary>
    public const string Overwritten = "overwritten";

    /// <summary>
    /// Writes a row remembers: a writer whose answer was lost finds its mark although others wrote meanwhile, if they were fewer.
    /// </summary>
    private const int Remembered = 64;

    private const char Inline = '-';
    private const char Spilled = '+';

    /// <summary>The mark of the write that made this version; no other version has it.</summary>
    public string Newest => Marks[..WriteMark.Length];

    /// <summary>The ETag of this version as callers see it.</summary>
    public string Text => Marks + (IsSpilled ? Spilled : Inline) + Service;

    /// <summary>Reads an ETag that a caller hands back; null if no version has it.</summary>
    public static RowVersion? Parse(string etag) =>
        etag.AsSpan().IndexOfAny(Inline, Spilled) is var end && end >= WriteMark.Length && end % WriteMark.Length == 0
            ? new RowVersion(etag[(end + 1)..], etag[..end], etag[end] == Spilled)
            : null;

    /// <summary>The marks of the version that a write makes of a row; of a new row without a version before.</summary>
    public static string MarksAfter(RowVersion? before, string mark)
    {
        var marks = mark + before?.Marks;
        return marks.Length <= Remembered * WriteMark.Length ? marks : marks[..(Remembered * WriteMark.Length)];
    }

    /// <summary>Whether a write is among the latest that made this version.</summary>
    public bool Has(string mark)
    {
        for (var i = 0; i < Marks.Length; i += WriteMark.Length)
        {
            if (Marks.AsSpan(i, WriteMark.Length).SequenceEqual(mark))
            {
                return true;
            }
        }

        return false;
    }
}
