using AgentScaler.Tools.Reading;

namespace AgentScaler.Tools.Schemas;

/// <summary>How many schemas may be visited for one tool: branching references make small documents unfold without end.</summary>
internal sealed class SchemaBudget(int nodes)
{
    /// <summary>Enough for every tool seen in practice whose schemas people could still read.</summary>
    public const int PerTool = 4000;

    public bool Exhausted => nodes <= 0;

    /// <summary>How many may still be visited.</summary>
    public int Left => nodes;

    /// <summary>Takes what a schema that was read before took then; there must be more left.</summary>
    public void Take(int taken) => nodes -= taken;

    /// <summary>The report line of a schema that is cut.</summary>
    public static void Report(ProblemList problems, JsonPlace place) =>
        problems.Add("schema.cut", place, "more schemas than one tool may unfold to", $"at most {PerTool}; the rest is left out");

    public bool Take()
    {
        if (Exhausted)
        {
            return false;
        }

        nodes--;
        return true;
    }
}
