namespace AgentScaler.Tools;

/// <summary>The reason codes of rejected tools; a tool gets the first that holds, in this order.</summary>
public static class RejectReason
{
    /// <summary>No callable name can be made of its name.</summary>
    public const string NameUnusable = "name.unusable";

    /// <summary>It has no description, and nothing to make one from.</summary>
    public const string DescriptionMissing = "description.missing";

    /// <summary>Its description is shorter than <see cref="ToolSettings.MinimumDescription"/>.</summary>
    public const string DescriptionShort = "description.short";

    /// <summary>Its parameters are no JSON Schema of an object.</summary>
    public const string ParametersInvalid = "parameters.invalid";

    /// <summary>It has more than <see cref="ToolSettings.MaximumParameters"/> parameters.</summary>
    public const string ParametersTooMany = "parameters.too-many";

    /// <summary>It declares no result, and neither method nor verb tells what it does.</summary>
    public const string ReturnsUnknown = "returns.unknown";

    /// <summary>An earlier tool has the same name tokens and the same parameters.</summary>
    public const string DuplicateNear = "duplicate.near";
}
