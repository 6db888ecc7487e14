using System.Text.Json;

namespace AgentScaler.Datasets.Masks;

/// <summary>Renders conversations as a model family's chat template does, byte for byte, and marks what is trained.</summary>
internal interface IChatTemplate
{
    /// <summary>
    /// Where a conversation is to be cut so that the template loses no reasoning: each part ends before one of these indexes, the last at the end. Part k
    /// is rendered from the beginning and trained from the end of part k - 1 on.
    /// </summary>
    IReadOnlyList<int> Cuts(IReadOnlyList<TemplateMessage> messages);

    /// <summary>Renders messages, without a generation prompt.</summary>
    /// <param name="trainFrom">Messages before this index are context, whatever they say of themselves.</param>
    /// <param name="tools">The tools in their order.</param>
    /// <exception cref="RecordFormatException">The template can't render this.</exception>
    void Render(IReadOnlyList<TemplateMessage> messages, int trainFrom, IReadOnlyList<JsonElement> tools, MaskedText text, MaskTally tally);
}
