using System.Globalization;
using System.Text.Json;
using AgentScaler.Determinism;

namespace AgentScaler.Tasks.Wording;

/// <summary>Requests in Chinese. Names of things and fields are Chinese as far as <see cref="ChineseNouns"/> has them, values stay as they are.</summary>
internal sealed class ChineseRequests(RequestManner manner, SeededRandom random) : RequestGrammar(manner, random)
{
    /// <inheritdoc/>
    public override string Quoted(JsonElement value) => SpokenWords.WantsQuotes(value) || (value.ValueKind == JsonValueKind.String && value.GetString()!.Any(ChineseText.IsOwn))
        ? $"“{value.GetString()}”" : SpokenWords.Say(value);

    /// <inheritdoc/>
    public override string Name(string english) => ChineseNouns.Of(english);

    /// <inheritdoc/>
    public override string Key(string entity, string key) => $"{Name(entity)} {key} ";

    /// <inheritdoc/>
    public override string Label(string entity, string label) => $"名为“{label}”的 {Name(entity)} ";

    /// <inheritdoc/>
    public override string Whose(string entity, string field, string value) => $"{Name(field)} 为 {value} 的 {Name(entity)} ";

    /// <inheritdoc/>
    public override string Through(string entity, string row) => $"{row}的 {Name(entity)} ";

    /// <inheritdoc/>
    public override string That(string entity) => $"刚才那个 {Name(entity)} ";

    /// <inheritdoc/>
    public override string Nth(string many, int position) => $"刚才那些 {Name(many)} 里的第{"一二三四五"[position]}个";

    /// <inheritdoc/>
    public override string Owned(string row, string what) => $"{row.TrimEnd()} 的 {Name(what)} ";

    /// <inheritdoc/>
    public override string Only(string entity) => $"这个 {Name(entity)} ";

    /// <inheritdoc/>
    public override string As(string row, string role) => $"{row}（作为 {Name(role)}）";

    /// <inheritdoc/>
    public override string Corrected(string wrong, string right, bool isRow) =>
        wrong.TrimEnd() + (isRow ? Pick("，不对，是另一个，", "，等等，不是这个，是") : Pick("，不对，应该是 ", "，哦说错了，是 ")) + right;

    /// <inheritdoc/>
    public override string Field(string field) => Name(SpokenWords.Plain(field));

    /// <inheritdoc/>
    public override string Create(string entity, IReadOnlyList<SpokenPlace> places, IReadOnlyList<SpokenValue> values) =>
        Tidy(Lead(
            ["请新建一个", "我想要一个新的"],
            ["新建", "加一个"],
            ["麻烦您帮我新建一个", "能否请您新建一个"],
            ["是这样的，我需要一个新的", "今天想请你帮忙弄一个新的"],
            ["兹申请新建一个", "烦请新建一个"]) + $" {In(places)}{Name(entity)}{With(values)}。");

    /// <inheritdoc/>
    public override string Update(string row, IReadOnlyList<SpokenPlace> places, IReadOnlyList<SpokenValue> values) =>
        Tidy(Lead(
            ["请修改", "我要修改"],
            ["改一下", "更新"],
            ["麻烦您修改一下", "能否请您更正"],
            ["有个地方要改，就是", "我发现要改一下"],
            ["烦请变更", "现申请修改"]) + $" {In(places)}{row}：{Listed(values, " 改为 ")}。");

    /// <inheritdoc/>
    public override string UpdateOf(string name, string row, IReadOnlyList<SpokenPlace> places) =>
        Tidy(Lead(["请修改", "我要修改"], ["改一下"], ["麻烦您修改一下", "能否请您更正"], ["有个地方要改，就是"], ["烦请变更", "现申请修改"]) + $" {In(places)}{row}的 {Name(name)}。");

    /// <inheritdoc/>
    public override string Delete(string row, IReadOnlyList<SpokenPlace> places, IReadOnlyList<SpokenValue> values) =>
        Tidy(Lead(
            ["请删除", "我不需要了，请删掉"],
            ["删除", "删掉"],
            ["麻烦您删除", "能否请您删掉"],
            ["我在整理东西，想删掉", "这个用不着了，帮我删掉"],
            ["烦请删除", "现申请删除"]) + $" {In(places)}{row}。" + (values.Count > 0 ? $"请用 {Listed(values, " 为 ")}。" : ""));

    /// <inheritdoc/>
    public override string Status(StatusDeed deed, string row, IReadOnlyList<SpokenPlace> places, IReadOnlyList<SpokenValue> values) =>
        Tidy(Lead(["请把", "我想把"], ["把"], ["麻烦您把", "能否请您把"], ["是这样，我想把", "帮个忙，把"], ["烦请将", "现申请将"])
        + $" {In(places)}{row}{Transition(deed)}" + (values.Count > 0 ? $"，{Listed(values, " 为 ")}" : "") + "。");

    /// <inheritdoc/>
    public override string Get(IReadOnlyList<string> fields, string row, IReadOnlyList<SpokenPlace> places, IReadOnlyList<SpokenValue> values)
    {
        var lead = Lead(["请问", "我想知道"], ["查一下", "查"], ["麻烦您告诉我", "能否请您查一下"], ["顺便问一下", "我一直好奇"], ["烦请告知", "请查询并告知"]);
        var end = lead switch
        {
            "请问" or "顺便问一下" => " 是什么？",
            "我想知道" or "我一直好奇" => " 是什么。",
            _ => Ended(lead),
        };
        return Tidy($"{lead} {In(places)}{row}的 {string.Join(" 和 ", fields.Select(Field))}{(values.Count == 0 ? "" : $"（{Listed(values, " 为 ")}）")}{end}");
    }

    /// <inheritdoc/>
    public override string List(IReadOnlyList<string> fields, string many, IReadOnlyList<SpokenPlace> places, IReadOnlyList<SpokenValue> values, int rows)
    {
        var which = $"{In(places)}{(values.Count > 0 ? Listed(values, " 为 ") + " 的 " : "")}{Name(many)}";
        var lead = Lead(["有哪些", "请查一下"], ["列出", "查"], ["麻烦您查一下", "能否请您列出"], ["我想看看有哪些", "好奇有哪些"], ["烦请提供", "请列出"]);
        var what = string.Join(" 和 ", fields.Select(Field));
        return Tidy($"{lead} {which}{(lead == "有哪些" ? "？" : Ended(lead))}" + (rows == 1 ? $"我需要它的 {what}。" : $"我需要每一个的 {what}，前 {rows.ToString(CultureInfo.InvariantCulture)} 个就行。"));
    }

    /// <inheritdoc/>
    public override string Choose(string field, string row, IReadOnlyList<SpokenPlace> places, string value, string then, string otherwise) =>
        Tidy(Lead(["请先看一下", "先查"], ["先查"], ["麻烦您先看一下"], ["要看情况，先看看"], ["烦请先核实"]) + $" {In(places)}{row}的 {Field(field)}：如果是 {value}，就{then}；否则{otherwise}。");

    /// <inheritdoc/>
    public override string SetIts(IReadOnlyList<SpokenValue> values) => $"把它的 {Listed(values, " 改为 ")}";

    /// <inheritdoc/>
    public override string MoveIt(StatusDeed deed, IReadOnlyList<SpokenValue> values) => $"把它{Transition(deed)}" + (values.Count > 0 ? $"，{Listed(values, " 为 ")}" : "");

    /// <inheritdoc/>
    public override string Do(LackedDeed deed, string row)
    {
        var lead = Lead(["请", "我想请你"], ["请"], ["麻烦您", "能否请您"], ["还有件事想请你帮忙，", "不知道你能不能"], ["烦请", "现请您"]);
        return Tidy($"{lead}{deed.Asked(isChinese: true, row)}{Ended(lead)}");
    }

    /// <inheritdoc/>
    public override string Give(string name, string value) => Told(name, what => Lead(
        [$"{what} 是 {value}。", $"抱歉，忘了说，{what} 是 {value}。"], [$"{value}。"], [$"好的，{what} 是 {value}，谢谢您。"], [$"哦对，忘了！{what} 是 {value}。"], [$"{what} 为 {value}。"]));

    /// <inheritdoc/>
    public override string Withhold(string name) => Told(name, what => Lead(
        [$"我不知道 {what}，那就先算了。", "这个我不方便说，那就算了。"], ["不知道，算了。"], [$"不好意思，{what} 我不清楚，那就不用办了。"], [$"{what} 啊？我还真不知道，那算了吧。"], [$"{what} 无法提供，此事作罢。"]));

    private string Told(string name, Func<string, string> words) => Tidy(words(Name(name)));

    /// <summary>How a request ends that begins so.</summary>
    private static string Ended(string lead) => lead.StartsWith("能否", StringComparison.Ordinal) || lead.StartsWith("不知道", StringComparison.Ordinal) ? "？" : "。";

    private string Transition(StatusDeed deed) => $"的 {Name(deed.Field)} 设为 {deed.To}";

    private string Listed(IReadOnlyList<SpokenValue> values, string between) => string.Join("；", values.Select(value => value.Name is null ? value.Text.TrimEnd() : Name(value.Name) + between + value.Text));

    private string With(IReadOnlyList<SpokenValue> values) => values.Count > 0 ? "，" + Listed(values, " 为 ") : "";

    /// <summary>What a thing belongs to comes before it, the outermost first.</summary>
    private string In(IReadOnlyList<SpokenPlace> places) => string.Concat(places.Reverse().Select(place => place switch
    {
        { Stem: null } => place.Text!.TrimEnd() + " 的 ",
        { Text: null } => $"同一个 {Name(place.Stem!)} 的 ",
        _ => $"{Name(place.Stem!)} {place.Text} 的 ",
    }));

    private static string Tidy(string sentence) => ChineseText.Tidy(sentence);
}
