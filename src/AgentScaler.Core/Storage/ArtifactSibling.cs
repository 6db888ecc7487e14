namespace AgentScaler.Storage;

/// <summary>Names of artifacts beside one another: a reference is a step's main file, its other files stand in the same place.</summary>
public static class ArtifactSibling
{
    /// <summary>The artifact of the given name beside a reference.</summary>
    public static string Of(string reference, string name) => reference[..(reference.LastIndexOf('/') + 1)] + name;

    /// <summary>The last segment of a reference.</summary>
    public static string FileName(string reference) => reference[(reference.LastIndexOf('/') + 1)..];
}
