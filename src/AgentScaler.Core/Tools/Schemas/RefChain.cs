namespace AgentScaler.Tools.Schemas;

/// <summary>The references followed on the way to a schema; one that comes again closes a cycle.</summary>
internal sealed record RefChain(RefChain? Parent, string Key)
{
    public static bool ContainsAny(RefChain? chain, IReadOnlySet<string> keys)
    {
        for (; chain is not null; chain = chain.Parent)
        {
            if (keys.Contains(chain.Key))
            {
                return true;
            }
        }

        return false;
    }

    public static bool Contains(RefChain? chain, string key)
    {
        for (; chain is not null; chain = chain.Parent)
        {
            if (chain.Key == key)
            {
                return true;
            }
        }

        return false;
    }
}
