using System.Globalization;
using AgentScaler.Datasets;
using AgentScaler.Datasets.Writers;
using AgentScaler.Determinism;
using AgentScaler.Funnel;

namespace AgentScaler.Performance;

/// <summary>
/// A dataset of any number of rows: 1,000 environments of six tools, trajectories of twelve messages with reasoning, parallel calls, text beside calls and failed
/// calls, tasks of three gold calls, pairs that differ in one call. Rows of one environment are not neighbours, as in a real dataset.
/// </summary>
internal sealed class SyntheticDataset(long rows)
{
    private const int Environments = 1000;

    private static readonly string[] Tools = [.. Enumerable.Range(0, Environments).Select(environment => $"[{string.Join(',', Enumerable.Range(0, 6).Select(tool =>
        $$$"""{"function":{"description":"Does number {{{tool}}} of what environment {{{environment}}} has to offer, and says what became of it.","name":"tool_{{{environment}}}_{{{tool}}}","parameters":{"properties":{"amount":{"description":"How much","type":"number"},"item_id":{"description":"The item's id","type":"string"},"note":{"type":"string"}},"required":["item_id"],"type":"object"}},"type":"function"}"""))}]")];

    /// <summary>Opens one of the dataset's files.</summary>
    public Stream Open(ExportInput input) => new SyntheticLines(rows, input.Path switch
    {
        "dataset/canonical.jsonl" => Trajectory,
        "dataset/preferences.jsonl" => Preference,
        _ => Task,
    });

    /// <summary>The dataset's manifest, for which every file is read once.</summary>
    public async Task<DatasetManifest> DescribeAsync()
    {
        var files = new List<DatasetFile>();
        foreach (var input in new[] { ExportInput.Trajectories, ExportInput.Preferences, ExportInput.Tasks })
        {
            using var stream = Open(input);
            files.Add(new DatasetFile(input.Path, Path.GetFileName(input.Path), await Sha256Text.OfAsync(stream, CancellationToken.None), 0, rows));
        }

        return new DatasetManifest
        {
            About = "Synthetic rows that measure exports; nothing to learn from.",
            Generator = "synthetic",
            Models = [],
            Name = "synthetic",
            Identity = Sha256Text.Of("synthetic"),
            Seed = 0,
            SchemaVersion = TrajectoryMetadata.Shape,
            Software = "AgentScaler",
            Licences = ["MIT"],
            Counts = new DatasetCounts(0, 0, Environments, Environments, rows, rows, rows, 0),
            Funnel = FunnelCounts.Of([]),
            Files = files,
        };
    }

    private static string Trajectory(long row)
    {
        var environment = row * 7919 % Environments;
        var item = $"item_{row * 31 % 100_003}";
        return string.Create(CultureInfo.InvariantCulture, $$$"""
            {"messages":[{"content":"# Policy of environment {{{environment}}}\n\nHelp the user with what the tools offer. Ask before you remove anything. Say what you did in the end.","role":"system","train":false},{"content":"Please set the amount of {{{item}}} to {{{row % 97}}}.5 and tell me what it was before. 谢谢！","role":"user","train":false},{{{Call($"tool_{environment}_0", $"c{row}_0", $$"""{"item_id":"{{item}}"}""", "The item must be looked up before it can be changed.", "One moment.")}}},{{{Result($"tool_{environment}_0", $"c{row}_0", item, row)}}},{"reasoning_content":"Both can be done at once.","role":"assistant","tool_calls":[{"function":{"arguments":{"amount":{{{row % 97}}}.5,"item_id":"{{{item}}}"},"name":"tool_{{{environment}}}_1"},"id":"c{{{row}}}_1","type":"function"},{"function":{"arguments":{"item_id":"{{{item}}}","note":"set by hand"},"name":"tool_{{{environment}}}_2"},"id":"c{{{row}}}_2","type":"function"}],"train":true},{{{Result($"tool_{environment}_1", $"c{row}_1", item, row)}}},{"content":"{\"error\":{\"code\":\"not_found\",\"message\":\"no note of {{{item}}}\"}}","name":"tool_{{{environment}}}_2","role":"tool","tool_call_id":"c{{{row}}}_2","train":false},{"content":"It was {{{row % 89}}}, and is {{{row % 97}}}.5 now.","role":"assistant","train":true},{"content":"And write me a note of it.","role":"user","train":false},{{{Call($"tool_{environment}_3", $"c{row}_3", $$"""{"amount":{{row % 97}},"item_id":"{{item}}"}""", null, null)}}},{{{Result($"tool_{environment}_3", $"c{row}_3", item, row)}}},{"content":"Done: there is a note of {{{item}}}.","role":"assistant","train":true}],"metadata":{"domain":"domain-{{{environment}}}","domain_name":"things","environment":"env-{{{environment}}}","episode":"episode-{{{row:D12}}}","faults":[],"funnel":{"kept":true,"proof":"state"},"generator":"synthetic","licences":["MIT"],"models":{"agent":"none","user":"none"},"prompts":[],"reward":{"match":true,"outputs":true,"state":true},"schema_version":"{{{TrajectoryMetadata.Shape}}}","seeds":{"episode":"s/{{{row}}}/0","task":"s/{{{row}}}"},"task":"task-{{{row}}}","tool_errors":1,"trial":0,"usage":{"agent_input":0,"agent_output":0,"user_input":0,"user_output":0}},"tools":{{{Tools[environment]}}}}
            """);
    }

    private static string Call(string tool, string id, string arguments, string? reasoning, string? content) =>
        $$$"""{{{{(content is null ? "" : $"\"content\":\"{content}\",")}}}{{{(reasoning is null ? "" : $"\"reasoning_content\":\"{reasoning}\",")}}}"role":"assistant","tool_calls":[{"function":{"arguments":{{{arguments}}},"name":"{{{tool}}}"},"id":"{{{id}}}","type":"function"}],"train":true}""";

    private static string Result(string tool, string id, string item, long row) => string.Create(CultureInfo.InvariantCulture,
        $$$"""{"content":"{\"item_id\":\"{{{item}}}\",\"amount\":{{{row % 89}}},\"label\":\"Blue box {{{row % 1009}}}\",\"updated_at\":\"2025-06-16T09:00:00Z\"}","name":"{{{tool}}}","role":"tool","tool_call_id":"{{{id}}}","train":false}""");

    private static string Preference(long row)
    {
        var environment = row * 7919 % Environments;
        var item = $"item_{row * 31 % 100_003}";
        return string.Create(CultureInfo.InvariantCulture, $$$"""
            {"chosen":"episode-{{{row}}}-a","divergence":2,"environment":"env-{{{environment}}}","id":"pair-{{{row:D12}}}","licences":["MIT"],"non_preferred":[{"content":"I can't do that.","role":"assistant","train":true}],"preferred":[{{{Call($"tool_{environment}_0", $"c{row}_0", $$"""{"item_id":"{{item}}"}""", "It must be looked up.", null)}}},{{{Result($"tool_{environment}_0", $"c{row}_0", item, row)}}},{"content":"It is {{{row % 89}}}.","role":"assistant","train":true}],"prompt":[{"content":"# Policy of environment {{{environment}}}\n\nHelp the user.","role":"system","train":false},{"content":"What is the amount of {{{item}}}?","role":"user","train":false}],"reason":"state-differs","rejected":"episode-{{{row}}}-b","task":"task-{{{row}}}","tools":{{{Tools[environment]}}}}
            """);
    }

    private static string Task(long row)
    {
        var environment = row * 7919 % Environments;
        var item = $"item_{row * 31 % 100_003}";
        return string.Create(CultureInfo.InvariantCulture, $$$"""
            {"domain":"domain-{{{environment}}}","domain_name":"things","environment":"env-{{{environment}}}","gold":{"calls":[{"arguments":{"item_id":"{{{item}}}"},"name":"tool_{{{environment}}}_0"},{"arguments":{"amount":{{{row % 97}}}.5,"item_id":"{{{item}}}"},"name":"tool_{{{environment}}}_1"},{"arguments":{"item_id":"{{{item}}}","note":"n"},"name":"tool_{{{environment}}}_3"}],"gold_hash":"{{{new string('b', 64)}}}","initial_changes":[],"initial_hash":"{{{new string('a', 64)}}}","proof":"state","required_outputs":["{{{row % 89}}}"]},"kept":1,"licences":["MIT"],"prompt":[{"content":"# Policy of environment {{{environment}}}\n\nHelp the user.","role":"system","train":false},{"content":"Please set the amount of {{{item}}} to {{{row % 97}}}.5. 谢谢！","role":"user","train":false}],"seed":"s/{{{row}}}","task":"task-{{{row}}}","tools":{{{Tools[environment]}}}}
            """);
    }
}
