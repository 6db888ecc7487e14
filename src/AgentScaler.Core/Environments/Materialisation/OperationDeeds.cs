using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Materialisation;

/// <summary>What tools do, as a person says it: <c>delete a subnet</c>, <c>cancelling an order</c>.</summary>
internal static class OperationDeeds
{
    /// <summary>The deed of a tool in the infinitive, verb first.</summary>
    public static string Infinitive(PackageTool tool, EnvironmentSchema schema)
    {
        var (verb, what, tail) = Parts(tool, schema);
        return $"{verb} {what}{tail}";
    }

    /// <summary>The deed of a tool as the subject of a sentence, with a capital.</summary>
    public static string Gerund(PackageTool tool, EnvironmentSchema schema)
    {
        var (verb, what, tail) = Parts(tool, schema);
        var words = verb.Split(' ', 2);
        var doing = Ing(words[0]);
        return char.ToUpperInvariant(doing[0]) + doing[1..] + (words.Length > 1 ? " " + words[1] : "") + $" {what}{tail}";
    }

    /// <summary>A noun with its article.</summary>
    public static string A(string noun) => (noun[0] is 'a' or 'e' or 'i' or 'o' || noun.StartsWith("un", StringComparison.Ordinal) && !noun.StartsWith("uni", StringComparison.Ordinal) ? "an " : "a ") + noun;

    private static (string Verb, string What, string Tail) Parts(PackageTool tool, EnvironmentSchema schema)
    {
        var collection = schema.Find(tool.Binding.Collection)!;
        var one = A(collection.Noun.Replace('_', ' '));
        var many = collection.Name.Replace('_', ' ');
        return tool.Binding.Kind switch
        {
            OperationKind.Get => ("look up", one, ""),
            OperationKind.List => ("list", many, ""),
            OperationKind.Search => ("search", many, ""),
            OperationKind.Create => ("create", one, ""),
            OperationKind.Update => ("change", one, ""),
            OperationKind.Delete => ("delete", one, ""),
            OperationKind.Status when StatusWords.In(tool.Name) is { } verb => (verb, one, ""),
            OperationKind.Status => ("mark", one, " as " + tool.Binding.Status!.To.Replace('_', ' ')),
            _ => ("use", "`" + tool.Name + "`", ""),
        };
    }

    private static string Ing(string verb) =>
        verb.EndsWith('e') && !verb.EndsWith("ee", StringComparison.Ordinal) ? verb[..^1] + "ing"
        : verb is "put" or "get" or "set" or "cancel" or "ship" or "stop" or "submit" or "drop" ? verb + verb[^1] + "ing"
        : verb + "ing";
}
