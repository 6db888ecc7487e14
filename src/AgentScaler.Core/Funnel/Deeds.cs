using AgentScaler.Environments.Packages;

namespace AgentScaler.Funnel;

/// <summary>The words by which people say what a tool that must be confirmed does.</summary>
internal static class Deeds
{
    private static readonly string[] Removing = ["remov", "delet", "eras", "discard", "drop", "cancel", "revok", "destroy", "purge", "get rid", "删", "移除", "取消", "撤销"];
    private static readonly string[] Setting = ["set", "mark", "chang", "updat", "设", "标记", "改"];

    /// <summary>Whether a text says what a tool does: by the verbs of its name, by words for removing, or by the status it leads to and words for setting it.</summary>
    public static bool AreNamed(string text, PackageTool tool)
    {
        var named = Tools.Words.Tokens(tool.Name).Where(Tools.Words.IsVerb).Select(Stem);
        var others = tool.Binding switch
        {
            { Kind: OperationKind.Delete } => Removing,
            { Status: { } change } => [.. Setting, .. Tools.Words.Tokens(change.To).Select(Stem)],
            _ => [],
        };
        var stems = named.Concat(others).ToList();
        return stems.Count == 0 || stems.Any(stem => text.Contains(stem, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What the forms of a word share: <c>delet</c> of delete, deleting and deleted; <c>cancel</c> of cancelled.</summary>
    private static string Stem(string word) => word switch
    {
        [.. var stem, 'l', 'l', 'e', 'd'] => stem + "l",
        [.. var stem, 'e', 'd'] => stem,
        [.. var stem, 'e'] => stem,
        _ => word,
    };
}
