namespace AgentScaler.Tools.Schemas;

/// <summary>The references followed on the way to a schema; one that comes again closes a cycle.</summary>
internal sealed record RefChain(RefChain? Parent, string Pointer)
{
    public static bool Contains(RefChain? chain, string pointer)
    {
        for (; chain is not null; chain = chain.Parent)
        {
            if (chain.Pointer == pointer)
            {
                return true;
            }
        }

        return false;
    }
}
