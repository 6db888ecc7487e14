namespace AgentScaler.Environments.Audit.Mutation;

/// <summary>The kinds of faults that mutants have.</summary>
internal static class MutationOperators
{
    /// <summary>An insert, update or delete that does not happen, though its value is as if it had.</summary>
    public const string DroppedWrite = "dropped-write";

    /// <summary>A get, update or delete of another row than the one asked for.</summary>
    public const string WrongKey = "wrong-key";

    /// <summary>A condition turned round.</summary>
    public const string InvertedCheck = "inverted-check";

    /// <summary>A refusal that is never made.</summary>
    public const string DroppedCheck = "dropped-check";

    /// <summary>A comparison with another operator.</summary>
    public const string SwappedComparison = "swapped-comparison";

    /// <summary>And for or, or for and.</summary>
    public const string SwappedLogic = "swapped-logic";

    /// <summary>Plus for minus, times for divided by, and back.</summary>
    public const string SwappedArithmetic = "swapped-arithmetic";

    /// <summary>Another number, word or flag.</summary>
    public const string ChangedConstant = "changed-constant";

    /// <summary>Another field of the row, of the same type.</summary>
    public const string WrongField = "wrong-field";

    /// <summary>A value that is left out of an object.</summary>
    public const string DroppedField = "dropped-field";

    /// <summary>A value that is not set.</summary>
    public const string DroppedAssignment = "dropped-assignment";

    /// <summary>A filter or order that is not applied.</summary>
    public const string SkippedFilter = "skipped-filter";

    /// <summary>A page that begins or ends one row late.</summary>
    public const string OffByOne = "off-by-one";
}
