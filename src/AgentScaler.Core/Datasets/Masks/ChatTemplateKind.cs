namespace AgentScaler.Datasets.Masks;

/// <summary>A model family's chat template, as its <c>tokenizer_config.json</c> holds it.</summary>
public enum ChatTemplateKind
{
    /// <summary>Qwen3: calls as <c>&lt;tool_call&gt;</c> JSON, tool results in a user turn, reasoning after the last user message only.</summary>
    Qwen3,

    /// <summary>Llama 3.1: one JSON call a turn, results of role <c>ipython</c>, no reasoning.</summary>
    Llama3,
}
