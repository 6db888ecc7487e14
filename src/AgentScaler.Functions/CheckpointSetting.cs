using System.Globalization;

namespace AgentScaler.Functions;

/// <summary>The setting for checkpoints of running episodes, for all campaigns of the app.</summary>
public static class CheckpointSetting
{
    /// <summary>Replies from one checkpoint to the next, 0-1000; 0 means none. Without it a checkpoint follows each reply of a model.</summary>
    public const string Name = "EPISODE_CHECKPOINTS";

    private const int Most = 1000;

    /// <summary>Reads it.</summary>
    /// <param name="setting">Gives a setting's value, or null.</param>
    /// <returns>Null if it is not set.</returns>
    /// <exception cref="InvalidOperationException">It is no such number.</exception>
    public static int? Read(Func<string, string?> setting) => setting(Name) switch
    {
        null or "" => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var every) && every <= Most => every,
        var text => throw new InvalidOperationException($"setting {Name} is '{text}'; expected a number of replies, 0-{Most}"),
    };
}
