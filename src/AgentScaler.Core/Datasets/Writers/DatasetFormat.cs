namespace AgentScaler.Datasets.Writers;

/// <summary>How one consumer wants a dataset: a folder of files below <c>dataset/</c>, described by a <see cref="ExportManifest"/> of its own.</summary>
/// <param name="Name">Its name and its folder's, e.g. <c>llama-factory</c>.</param>
/// <param name="Consumer">Whom it is for, in a few words.</param>
/// <param name="Files">Its files in the order in which they are written; one of rows whose input the dataset lacks is left out, unless all are.</param>
/// <param name="Notes">What who uses it must know.</param>
public sealed record DatasetFormat(ExportFormat Format, string Name, string Consumer, IReadOnlyList<ExportFile> Files, IReadOnlyList<string> Notes)
{
    /// <summary>Version of what the writers write; raised when a format's bytes change.</summary>
    public const int Version = 2;

    /// <summary>All formats, in the order of <see cref="ExportFormat"/>.</summary>
    public static IReadOnlyList<DatasetFormat> All { get; } =
    [
        new(
            ExportFormat.OpenAi, "openai", "OpenAI and Azure OpenAI, supervised fine-tuning",
            [new ExportFile.Written<Trajectory>("train.jsonl", ExportInput.Trajectories, (target, losses) => new OpenAiWriter(target, losses))],
            ["At least 10 rows are needed to start a job.", "Files over 150 MB need the chunked upload."]),
        new(
            ExportFormat.OpenAiDpo, "openai-dpo", "OpenAI and Azure OpenAI, direct preference optimisation",
            [new ExportFile.Written<PreferencePair>("train.jsonl", ExportInput.Preferences, (target, losses) => new OpenAiPreferenceWriter(target, losses))],
            ["At least 10 rows are needed to start a job.", "Files over 150 MB need the chunked upload."]),
        new(
            ExportFormat.Trl, "trl", "TRL, conversations and preferences",
            [
                new ExportFile.Written<Trajectory>("train.jsonl", ExportInput.Trajectories, (target, losses) => new TrlWriter(target, losses)),
                new ExportFile.Written<PreferencePair>("preferences.jsonl", ExportInput.Preferences, (target, losses) => new TrlPreferenceWriter(target, losses)),
            ],
            [
                "Arguments are objects of different keys: load with datasets 4.7 or newer, List(Json()) as the type of tool_calls (on_mixed_types=\"use_json\" where rows are read first).",
                "tools is a JSON text, which TRL reads; set assistant_only_loss for SFT.",
            ]),
        new(
            ExportFormat.LlamaFactory, "llama-factory", "LLaMA-Factory, sharegpt",
            [
                new ExportFile.Written<Trajectory>("train.jsonl", ExportInput.Trajectories, (target, losses) => new LlamaFactoryWriter(target, losses)),
                new ExportFile.Fixed("dataset_info.json", name => LlamaFactoryWriter.Information((DatasetKey(name), "train.jsonl"))),
            ],
            [
                "Use this folder as dataset_dir.",
                "Results of parallel calls are parted by </tool_response>, <tool_response> lines, as its own OpenAI converter does: right for templates of Qwen's kind.",
            ]),
        new(
            ExportFormat.Swift, "ms-swift", "ms-swift, agent format",
            [new ExportFile.Written<Trajectory>("train.jsonl", ExportInput.Trajectories, (target, losses) => new SwiftWriter(target, losses))],
            ["Give the file to --dataset; --agent_template chooses how calls are written."]),
        new(
            ExportFormat.Axolotl, "axolotl", "Axolotl, chat template",
            [
                new ExportFile.Written<Trajectory>("train.jsonl", ExportInput.Trajectories, (target, losses) => new AxolotlWriter(target, losses)),
                new ExportFile.Fixed("axolotl.yaml", _ => AxolotlWriter.Configuration),
            ],
            ["axolotl.yaml is the part of a configuration that reads the file."]),
        new(
            ExportFormat.Verl, "verl", "verl, reinforcement learning",
            [new ExportFile.Written<DatasetTask>("train.parquet", ExportInput.Tasks, (target, losses) => new VerlWriter(target, losses))],
            Reinforcement),
        new(
            ExportFormat.NemoGym, "nemo-gym", "NeMo Gym, reinforcement learning",
            [new ExportFile.Written<DatasetTask>("train.jsonl", ExportInput.Tasks, (target, losses) => new NemoGymWriter(target, losses))],
            [.. Reinforcement, "agent_ref names agentscaler_simple_agent: set it to the agent of your configuration."]),
        new(
            ExportFormat.Parquet, "parquet", "the canonical record in Parquet",
            [new ExportFile.Written<Trajectory>("train.parquet", ExportInput.Trajectories, (target, _) => new ParquetTrajectoryWriter(target))],
            ["messages, tools and metadata are JSON texts."]),
    ];

    private static string[] Reinforcement =>
    [
        "A row is a task, not a trajectory: all requests of the user are one prompt.",
        "The ground truth is a gold execution: the rows in which its initial state differs from the environment package's (initial_changes), its calls, the hash of the state it left, facts that must reach the user.",
        "Rewards need the environment: open it with the task's seed and initial_changes (its hash is initial_hash then), make the calls and compare state hashes, or calls where proof is 'calls'.",
    ];

    /// <summary>The format of a name, or null.</summary>
    public static DatasetFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);

    /// <summary>A format by what it is.</summary>
    public static DatasetFormat Of(ExportFormat format) => All.First(candidate => candidate.Format == format);

    /// <summary>A dataset's name as a key in lists that are parted by commas.</summary>
    public static string DatasetKey(string name)
    {
        var key = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_'));
        return key.Trim('_').Length == 0 ? "agentscaler" : key;
    }
}
