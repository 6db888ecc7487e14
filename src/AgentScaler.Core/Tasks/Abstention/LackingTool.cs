using AgentScaler.Determinism;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Tasks.Wording;

namespace AgentScaler.Tasks.Abstention;

/// <summary>Asks for something that no tool of the environment does, before, between or after requests of a walk.</summary>
internal sealed class LackingTool : IAbstentionMaker
{
    private const int MostRequestsBeside = 2;

    /// <summary>Share of wishes for a row to be removed, where nothing is there for that: the nearest there is to what the tools do.</summary>
    private const double RemovalShare = 0.4;

    private static readonly IReadOnlyList<LackedDeed> Deeds =
    [
        new("print out the record of {0}", "把 {0}的资料打印出来", ["print"]),
        new("translate the record of {0} into French", "把 {0}的资料翻译成法语", ["translat", "locali", "language"]),
        new("send me a paper copy of the record of {0}", "把 {0}的资料打印一份寄给我", ["mail", "send", "ship", "post", "print"]),
        new("call me on the phone about {0}", "就 {0}的事给我打个电话", ["call", "phone", "voice", "dial"]),
        new("fax me the papers of {0}", "把 {0}的资料传真给我", ["fax", "send", "document"]),
        new("record a voice message for me about {0}", "就 {0}的情况给我录一段语音", ["record", "voice", "audio", "sound"]),
        new("draw a diagram of the history of {0}", "把 {0}的历史记录画成一张图", ["diagram", "draw", "chart", "graph", "render", "history"]),
        new("write a post about {0} for our social media", "就 {0}写一条社交媒体的帖子", ["post", "social", "publish", "share"]),
        new("export the record of {0} to a spreadsheet", "把 {0}的资料导出成电子表格", ["export", "download", "report", "spreadsheet", "csv"]),
    ];

    private static readonly LackedDeed Removal = new("delete {0}", "把 {0}删除", []);

    /// <inheritdoc/>
    public AbstainingPlan? Make(EnvironmentPackage package, IReadOnlyList<PlannedRequest> walk, Func<EnvironmentSession> open, Seed seed)
    {
        var random = seed.Random();
        var beside = walk.Take(random.Between(0, Math.Min(MostRequestsBeside, walk.Count))).ToList();
        var about = package.Tools.SelectMany(tool => new[] { tool.Name, tool.Spec.Description }).ToList();
        var lacked = Deeds.Where(deed => !deed.Signs.Any(sign => about.Any(text => text.Contains(sign, StringComparison.OrdinalIgnoreCase)))).ToList();
        var session = open();
        var rows = package.Schema.Collections.SelectMany(collection => session.Rows(collection.Name).Select(row => (collection, row.Key, Label: CallSampler.LabelOf(collection, row.Value)))).ToList();
        var called = rows.Where(row => row.Label is { Length: > 2 }).ToList();
        if (lacked.Count == 0 || rows.Count == 0)
        {
            return null;
        }

        var (of, key, label) = random.Pick(called.Count > 0 ? called : rows);
        var deed = !CanBeDoneAwayWith(package, of.Name) && random.Chance(RemovalShare) ? Removal : random.Pick(lacked);
        return new AbstainingPlan(beside, random.Chance(0.5) ? beside.Count : random.Between(0, beside.Count), new RequestAbstention(AbstentionKind.NoTool))
        {
            GoldCalls = 0,
            Lacked = (deed, of.Name, label ?? key, label is not null),
        };
    }

    /// <summary>Whether a tool removes rows of a collection, or does something that may pass for it.</summary>
    private static bool CanBeDoneAwayWith(EnvironmentPackage package, string collection) =>
        package.Tools.Any(tool => tool.Binding.Kind == OperationKind.Other || (tool.Binding.Collection == collection && tool.Binding.Kind is OperationKind.Delete or OperationKind.Status));
}
