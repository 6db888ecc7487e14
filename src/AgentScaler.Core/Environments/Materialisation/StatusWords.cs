using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>The verb of a status tool as a person says it.</summary>
internal static class StatusWords
{
    /// <summary>The first status verb in a tool's name, in words (<c>check out</c>); null if it has none.</summary>
    public static string? In(string tool)
    {
        var tokens = Words.Tokens(tool);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (Verbs.Read([.. tokens.Skip(i)]) is { Kind: OperationKind.Status } status)
            {
                return status.Verb.Replace('_', ' ');
            }
        }

        return null;
    }
}
