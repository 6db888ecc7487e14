using AgentScaler.Environments.Packages;
using AgentScaler.Tasks.Wording;

namespace AgentScaler.Episodes.Scripted;

/// <summary>The sentences of a scripted agent in Chinese; names of things and fields are Chinese as far as <see cref="ChineseNouns"/> has them.</summary>
internal sealed class ChineseAnswers : AnswerSentences
{
    /// <inheritdoc/>
    public override string Gap => "";

    /// <inheritdoc/>
    public override string HandOver => "我为您转接人工同事，也许可以帮到您。";

    /// <inheritdoc/>
    public override string About(IReadOnlyList<string> deeds) => Tidy($"我准备{string.Join("，并", deeds)}。");

    /// <inheritdoc/>
    public override IReadOnlyList<string> AskFor(string name) => [Tidy($"可以的。请问 {name} 是什么？"), Tidy($"还差一项：{name} 应该是什么？"), Tidy($"办理之前，请告诉我 {name}，可以吗？")];

    /// <inheritdoc/>
    public override string Refuse(string deed, string? why) => Tidy(why is null ? $"抱歉，我无法{deed}：没有相应的工具。" : $"抱歉，我不能{deed}。政策规定：{why}");

    /// <inheritdoc/>
    public override string LeaveIt(string deed, string name) => Tidy($"好的。没有 {name}，我就先不{deed} 了。");

    /// <inheritdoc/>
    public override string Fact(string name, string? value) => Tidy($"{Noun(name)} 是") + " " + value;

    /// <inheritdoc/>
    public override string Facts(string name, IEnumerable<(string? Value, IReadOnlyList<string> Rows)> values) =>
        Noun(name) + "：" + string.Join("，", values.Select(value => value.Rows.Count > 0 ? $"{value.Value}（{string.Join("、", value.Rows)}）" : value.Value));

    /// <inheritdoc/>
    public override string Sentence(string opener, IReadOnlyList<string> facts)
    {
        var told = opener + string.Join("；", facts);
        return told.EndsWith('.') ? told : told + "。";
    }

    /// <inheritdoc/>
    public override string NumberOf(string name) => Tidy(Noun(name) + " 的数量");

    /// <inheritdoc/>
    public override string NotFound(IReadOnlyList<string> names) => Tidy($"抱歉，没有找到 {string.Join('、', names.Select(Noun))}。");

    /// <inheritdoc/>
    public override string Done(ToolBinding binding, string tool, string entity, IReadOnlyList<(string Name, string To)> rows) => Tidy("已" + binding.Kind switch
    {
        OperationKind.Create => $"新建 {Noun(entity)}{Listed(rows)}",
        OperationKind.Update => $"更新 {Noun(entity)}{Listed(rows)}",
        OperationKind.Delete => $"删除 {Noun(entity)}{Listed(rows)}",
        OperationKind.Status => Status(binding, entity, rows[0].Name) + string.Concat(rows.Skip(1).Select(row => $"，{row.Name} 设为 {row.To}")),
        _ => $"完成“{Humanise(tool)}”",
    } + "。");

    /// <inheritdoc/>
    public override string OutOfService => "该功能目前暂停服务";

    /// <inheritdoc/>
    public override string Failed(IReadOnlyList<string> deeds, string error, bool isMore) => Tidy($"{(isMore ? "也" : "抱歉，")}没能{string.Join('、', deeds)}：{error.TrimEnd('.')}。");

    /// <inheritdoc/>
    public override string Unreachable(IReadOnlyList<string> deeds) => Tidy($"没能{string.Join('、', deeds)}，因为所需的内容没有找到。");

    /// <inheritdoc/>
    public override string Deed(ToolBinding binding, string tool, string entity, string name = "") => binding.Kind switch
    {
        OperationKind.Get => $"查询 {Noun(entity)}",
        OperationKind.List or OperationKind.Search => $"查找 {Noun(Humanise(binding.Collection))}",
        OperationKind.Create => $"新建 {Noun(entity)}",
        OperationKind.Update => $"更新 {Noun(entity)}{name}",
        OperationKind.Delete => $"删除 {Noun(entity)}{name}",
        OperationKind.Status => Status(binding, entity, name),
        _ => name.Length == 0 ? $"完成“{Humanise(tool)}”" : $"为{name} 完成“{Humanise(tool)}”",
    };

    /// <inheritdoc/>
    public override string Joining(IEnumerable<string> rows) => $"（连接 {string.Join(" 和 ", rows)}）";

    /// <inheritdoc/>
    public override string Labelled(string label, string key) => $"“{label}”（{key}）";

    /// <inheritdoc/>
    public override string Quoted(string label) => $"“{label}”";

    private static string Listed(IReadOnlyList<(string Name, string To)> rows) => string.Join('、', rows.Select(row => row.Name).Where(name => name.Length > 0));

    private static string Noun(string english) => ChineseNouns.Of(english);

    private static string Tidy(string sentence) => ChineseText.Tidy(sentence);

    private static string Status(ToolBinding binding, string entity, string name) =>
        $"把 {Noun(entity)}{name} 的 {Noun(Humanise(binding.Status?.Field ?? "status"))} 设为 {Humanise(binding.Status?.To ?? "")}";
}
