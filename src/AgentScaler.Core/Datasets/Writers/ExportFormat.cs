using System.Text.Json.Serialization;

namespace AgentScaler.Datasets.Writers;

/// <summary>The consumers that a dataset is written for.</summary>
public enum ExportFormat
{
    /// <summary>OpenAI and Azure OpenAI, supervised fine-tuning.</summary>
    [JsonStringEnumMemberName("openai")]
    OpenAi,

    /// <summary>OpenAI and Azure OpenAI, direct preference optimisation.</summary>
    [JsonStringEnumMemberName("openai-dpo")]
    OpenAiDpo,

    /// <summary>TRL, conversations and preferences.</summary>
    [JsonStringEnumMemberName("trl")]
    Trl,

    /// <summary>LLaMA-Factory, sharegpt.</summary>
    [JsonStringEnumMemberName("llama-factory")]
    LlamaFactory,

    /// <summary>ms-swift, agent format.</summary>
    [JsonStringEnumMemberName("ms-swift")]
    Swift,

    /// <summary>Axolotl, chat template.</summary>
    [JsonStringEnumMemberName("axolotl")]
    Axolotl,

    /// <summary>verl, reinforcement learning.</summary>
    [JsonStringEnumMemberName("verl")]
    Verl,

    /// <summary>NeMo Gym, reinforcement learning.</summary>
    [JsonStringEnumMemberName("nemo-gym")]
    NemoGym,

    /// <summary>The canonical record in Parquet.</summary>
    [JsonStringEnumMemberName("parquet")]
    Parquet,
}
