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

    /// <summary>Its licence is none of <see cref="ToolSettings.Licences"/>.</summary>
    public const string LicenceNotAllowed = "licence.not-allowed";

    /// <summary>Its quality is below <see cref="ToolSettings.MinimumQuality"/>.</summary>
    public const string QualityLow = "quality.low";

    /// <summary>An earlier tool has the same name tokens and the same parameters, or is more than 0.95 similar in all its words.</summary>
    public const string DuplicateNear = "duplicate.near";
}
