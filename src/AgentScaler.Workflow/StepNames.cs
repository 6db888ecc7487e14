namespace AgentScaler.Workflow;

/// <summary>The steps of a campaign, in the order of the pipeline.</summary>
public static class StepNames
{
    /// <summary>Reads and screens the catalogues. In: nothing (the documents are in the campaign). Out: tools and import report.</summary>
    public static readonly StepName ImportTools = new("tools.import", 3);

    /// <summary>Embeds, links and partitions the tools. In: tools. Out: domains; items: pages of domains.</summary>
    public static readonly StepName FindDomains = new("graphs.domains", 4);

    /// <summary>Lists one page. In: a page. Items: its domains.</summary>
    public static readonly StepName ListDomains = new("graphs.page", 1);

    /// <summary>Materialises and audits an environment. In: a domain. Out: a package; items: the package, or nothing if it was rejected.</summary>
    public static readonly StepName BuildEnvironment = new("environments.build", 19);

    /// <summary>Constructs and audits tasks. In: a package. Out: tasks; items: shards of tasks to roll out.</summary>
    public static readonly StepName BuildTasks = new("tasks.build", 17);

    /// <summary>Rolls out the episodes of one shard of tasks. In: package, shard. Out: episodes.</summary>
    public static readonly StepName RollOut = new("episodes.roll-out", 17);

    /// <summary>Judges the episodes of one environment. In: package, tasks, shards of episodes. Out: verdicts.</summary>
    public static readonly StepName Judge = new("funnel.judge", 9);

    /// <summary>Sums up one page. In: one judgement or rejection a domain. Out: the page's results.</summary>
    public static readonly StepName CollectPage = new("datasets.page", 2);

    /// <summary>Writes the dataset. In: tools, domains, then the results of all pages. Out: dataset, rejects, manifest, funnel.</summary>
    public static readonly StepName AssembleDataset = new("datasets.assemble", 11);

    /// <summary>Takes from the dataset what earlier ones of its series had. In: the dataset's manifest, earlier increments. Out: the increment.</summary>
    public static readonly StepName ExtendSeries = new("datasets.increment", 1);

    /// <summary>All of them, in the order of the pipeline.</summary>
    public static IReadOnlyList<StepName> All { get; } =
    [
        ImportTools, FindDomains, ListDomains, BuildEnvironment, BuildTasks, RollOut, Judge, CollectPage, AssembleDataset, ExtendSeries,
    ];
}
