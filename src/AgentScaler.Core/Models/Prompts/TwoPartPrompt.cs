namespace AgentScaler.Models.Prompts;

/// <summary>A prompt of two parts with a line <c>---</c> between them: the system's message, which has no places, and the user's, in which all that is filled in stands.</summary>
internal static class TwoPartPrompt
{
    private const string Between = "\n---\n";

    /// <summary>Fills in a prompt and takes its parts apart. What is filled in stays in the second part, whatever it holds.</summary>
    /// <exception cref="ArgumentException">A place is not given, a given value has no place, or the prompt has one part only.</exception>
    public static (string System, string Text) Fill(Prompt prompt, params ReadOnlySpan<(string Place, string Value)> values)
    {
        var whole = prompt.Fill(values);
        var at = whole.IndexOf(Between, StringComparison.Ordinal);
        return at > 0 ? (whole[..at].Trim(), whole[(at + Between.Length)..].Trim()) : throw new ArgumentException($"prompt {prompt.Id} has no line '---'", nameof(prompt));
    }
}
