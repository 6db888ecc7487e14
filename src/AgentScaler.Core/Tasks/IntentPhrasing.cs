namespace AgentScaler.Tasks;

/// <summary>Who put an intent into words, and as whom.</summary>
/// <param name="Model">The model.</param>
/// <param name="Prompt">Name and version of the prompt.</param>
/// <param name="Persona">Who the user is.</param>
/// <param name="Style">How the user writes.</param>
/// <param name="Language">The language, as a BCP 47 tag.</param>
public sealed record IntentPhrasing(string Model, string Prompt, string Persona, string Style, string Language);
