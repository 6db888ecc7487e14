using System.CommandLine;

namespace AgentScaler.Cli.Output;

/// <summary>Options whose value is one of a few words, in any case.</summary>
internal static class WordOption
{
    /// <summary>An option; null where it is not given.</summary>
    /// <typeparam name="T">The values; their names in lower case are the words.</typeparam>
    public static Option<T?> Of<T>(string name, string description)
        where T : struct, Enum
    {
        var words = Enum.GetValues<T>().Select(value => value.ToString().ToLowerInvariant()).ToArray();
        var option = new Option<T?>(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            CustomParser = result =>
            {
                var place = Array.IndexOf(words, result.Tokens[0].Value.ToLowerInvariant());
                if (place < 0)
                {
                    result.AddError($"{name}: expected one of {string.Join(", ", words)}, found '{result.Tokens[0].Value}'");
                    return null;
                }

                return Enum.GetValues<T>()[place];
            },
        };
        option.CompletionSources.Clear();
        option.CompletionSources.Add(words);
        return option;
    }
}
