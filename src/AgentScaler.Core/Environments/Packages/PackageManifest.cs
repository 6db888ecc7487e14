using System.Text.Json.Serialization;

namespace AgentScaler.Environments.Packages;

/// <summary>The manifest of a package folder.</summary>
/// <param name="Format">Version of the format; this code reads and writes <see cref="CurrentFormat"/>.</param>
/// <param name="Id">The package's id.</param>
/// <param name="Now">The frozen time inside the environment.</param>
/// <param name="KeepChangesOnError">Whether state changes of a call that throws are kept.</param>
/// <param name="Files">File name within the package to the SHA-256 of its bytes.</param>
/// <param name="PassesAnyArguments">Whether arguments reach programs unchecked.</param>
/// <param name="Values">How values behave.</param>
/// <param name="Locales">The locales that new rows are of.</param>
public sealed record PackageManifest(
    int Format, string Id, string Name, DateTimeOffset Now, bool KeepChangesOnError, SortedDictionary<string, string> Files,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool PassesAnyArguments = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ValueRules Values = ValueRules.Json,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Locales = null)
{
    /// <summary>The version of the format described here.</summary>
    public const int CurrentFormat = 1;
}
