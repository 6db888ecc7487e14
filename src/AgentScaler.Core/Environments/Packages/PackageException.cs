namespace AgentScaler.Environments.Packages;

/// <summary>An environment package is broken; the message names file, place and expectation.</summary>
public sealed class PackageException(string file, string place, string expectation, Exception? inner = null)
    : Exception($"{file}, {place}: {expectation}", inner)
{
    /// <summary>The file within the package, e.g. <c>programs/get_book.js</c>.</summary>
    public string File => file;

    /// <summary>The place in it: a JSON path, or <c>line 3, column 7</c>.</summary>
    public string Place => place;
}
