using System.Collections.Frozen;

namespace AgentScaler.Tools.Screening;

/// <summary>Whether a tool's result can be inferred without a schema: its method or a verb tells what it does.</summary>
internal static class Verbs
{
    private static readonly FrozenSet<string> Methods = new[] { "GET", "POST", "PUT", "PATCH", "DELETE" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Known = (
        "get fetch read retrieve show view describe load lookup look download export inspect query check verify validate test "
        + "list find search browse filter count compare calculate compute convert estimate predict analyze analyse detect "
        + "identify extract recommend suggest rank measure evaluate track monitor locate translate summarize classify generate "
        + "solve determine review select obtain provide return display discover explore resolve create add insert new make open "
        + "post put register submit book reserve order place buy purchase schedule start begin launch issue write record log "
        + "upload import save store build set update edit modify change patch replace rename move transfer copy assign unassign "
        + "attach detach link unlink configure adjust apply extend renew reschedule increase decrease upgrade downgrade enable "
        + "disable activate deactivate turn switch toggle lock unlock delete remove clear erase drop destroy purge discard cancel "
        + "close reopen approve reject accept decline confirm complete finish end stop pause resume suspend archive restore "
        + "publish unpublish send reply forward share notify invite email message call pay refund charge withdraw deposit ship "
        + "deliver release play run execute perform process trigger deploy install uninstall connect disconnect login logout sign "
        + "authenticate authorize grant revoke subscribe unsubscribe follow unfollow like unlike block unblock mark merge split "
        + "join leave enrol enroll escalate request report rate sync refresh reset retry rollback commit push pull sort group "
        + "aggregate format parse encode decode encrypt decrypt plan manage handle draw plot render print scan capture simulate "
        + "optimize control draft")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static bool Tell(string? method, IReadOnlyList<string> nameTokens, string description) =>
        (method is not null && Methods.Contains(method))
        || nameTokens.Any(Known.Contains)
        || (ToolName.Tokens(FirstWord(description)) is [var first, ..] && (Known.Contains(first) || IsInflected(first)));

    private static string FirstWord(string text)
    {
        var end = text.IndexOf(' ');
        return end < 0 ? text : text[..end];
    }

    /// <summary>"Retrieves", "searches", "applies".</summary>
    private static bool IsInflected(string word) =>
        word.EndsWith('s')
        && (Known.Contains(word[..^1])
            || (word.EndsWith("es", StringComparison.Ordinal) && Known.Contains(word[..^2]))
            || (word.EndsWith("ies", StringComparison.Ordinal) && Known.Contains(word[..^3] + "y")));
}
