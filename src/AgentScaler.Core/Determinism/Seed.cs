using System.Globalization;

namespace AgentScaler.Determinism;

/// <summary>
/// A named place in the tree of seeds. Every random draw names its path (<c>root/tasks/env-1/3</c>), so adding a draw in one place
/// shifts no draw anywhere else (pipeline.md, determinism contract).
/// </summary>
/// <param name="Path">Names from the root, joined by <c>/</c>.</param>
public readonly record struct Seed(string Path)
{
    /// <summary>The seed of a campaign.</summary>
    public static Seed Root(long number) => new(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The seed below this one with the given name.</summary>
    public Seed Child(string name) => new(Path + "/" + name.Replace("/", "%2f", StringComparison.Ordinal));

    /// <summary>The seed below this one with the given number.</summary>
    public Seed Child(int number) => new(Path + "/" + number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A fresh source of randomness at this place; two calls give the same draws.</summary>
    public SeededRandom Random() => new(this);

    /// <inheritdoc/>
    public override string ToString() => Path;
}
