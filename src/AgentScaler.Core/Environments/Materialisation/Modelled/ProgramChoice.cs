using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Materialisation.Modelled;

/// <summary>Settles which program each tool gets when the model had its say: its own if it works, else the embedded one if that does, else none.</summary>
/// <param name="model">The model's name.</param>
/// <param name="embedded">What the embedded materialiser makes of the tools that the model did not get right.</param>
internal sealed class ProgramChoice(string model, IReadOnlyList<ModelledTool> tools, IReadOnlyList<PackageTool> embedded)
{
    private readonly SortedDictionary<string, (PackageTool Tool, PartOrigin Origin)> chosen = new(StringComparer.Ordinal);
    private readonly List<ToolRejection> rejected = [];
    private int failed;

    /// <summary>The tools that work.</summary>
    public IReadOnlyList<PackageTool> Tools => [.. chosen.Values.Select(choice => choice.Tool)];

    /// <summary>The others, each with its reason.</summary>
    public IReadOnlyList<ToolRejection> Rejected => rejected;

    /// <summary>Where a tool's program comes from; null if it is none of these.</summary>
    public PartOrigin? OriginOf(string tool) => chosen.TryGetValue(tool, out var choice) ? choice.Origin : null;

    /// <summary>Share of those that had a program at all that work.</summary>
    /// <param name="working">The tools that work, given ones among them.</param>
    public double PassRate(int working) => working + failed == 0 ? 0 : (double)working / (working + failed);

    /// <summary>Chooses.</summary>
    /// <param name="tryOut">Runs a package of tools and tells what is wrong with which.</param>
    public void Settle(Func<IReadOnlyList<PackageTool>, Trial> tryOut)
    {
        foreach (var tool in tools.Where(tool => tool.Findings.Count == 0))
        {
            chosen[tool.Spec.Name] = (tool.Made!, new PartOrigin(PartOrigin.ProgramOf(tool.Spec.Name), PartMaker.Model, model, RepairText.Ids(ProgramQuestion.Prompt, tool.Round), tool.Round));
        }

        var open = tools.Where(tool => tool.Findings.Count > 0).ToList();
        if (open.Count == 0)
        {
            return;
        }

        var trial = embedded.Count == 0 ? new Trial([], []) : tryOut([.. Tools, .. embedded]);
        foreach (var tool in open)
        {
            var name = tool.Spec.Name;
            var why = tool.Findings[0];
            if (embedded.FirstOrDefault(made => made.Name == name) is { } fallback && !trial.Tools.ContainsKey(name))
            {
                chosen[name] = (fallback, new PartOrigin(PartOrigin.ProgramOf(name), PartMaker.Embedded, Note: $"the model's: {why.Reason}"));
                continue;
            }

            // One without any program was never audited, as without a model.
            failed += tool.Answer is null && embedded.All(made => made.Name != name) ? 0 : 1;
            rejected.Add(new ToolRejection(name, why.Reason, why.Detail));
        }
    }
}
