using System.CommandLine;
using System.Globalization;
using System.Text;
using AgentScaler.Cli.Output;
using AgentScaler.Datasets;
using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Given;
using AgentScaler.Environments.Packages;
using AgentScaler.Graphs;
using AgentScaler.Storage;
using AgentScaler.Tools;
using AgentScaler.Tools.Sources;

namespace AgentScaler.Cli.Commands;

/// <summary><c>env build</c>: tools in, audited environment packages out; what a person gives of a package is kept.</summary>
internal static class EnvBuildCommand
{
    public static Command Create(Shell shell)
    {
        var paths = new Argument<string[]>("tools") { Description = "Catalogues: files, folders or globs; not needed where --package holds tools", Arity = ArgumentArity.ZeroOrMore };
        var output = new Option<string>("--out") { Description = "Where the packages go, each a folder; must be empty or new", Required = true };
        var package = new Option<string?>("--package")
        {
            Description = "A folder with parts of a package (tools.json, schema.json, state.json, policy.md, rules.json, intents.json, programs/TOOL.js): kept as given, the rest is made. All tools are then one environment",
        };
        var seed = new Option<long>("--seed") { Description = "The root of all randomness", DefaultValueFactory = _ => 1 };
        var command = new Command(
            "build",
            """
            Build audited environments from tools: one for each domain found in them, or one around the parts of a package that you give

            Examples:
              agentscaler env build ./apis --out ./environments
              agentscaler env build --package ./my-domain --out ./environments
            """)
        {
            paths, output, package, seed,
        };
        command.SetAction((parse, token) => RunAsync(
            shell, new Request(parse.GetValue(paths)!, parse.GetValue(output)!, parse.GetValue(package), parse.GetValue(seed), shell.WantsJson(parse)), token));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, Request request, CancellationToken cancellationToken)
    {
        if (Directory.Exists(request.Output) && Directory.EnumerateFileSystemEntries(request.Output).Any())
        {
            throw new UsageException($"'{request.Output}' is not empty; choose another folder");
        }

        var given = request.Package is { } folder ? GivenParts.Read(GivenFolder.Read(folder)) : null;
        var tools = await ToolsAsync(shell, request, given, cancellationToken);
        if (tools.Count == 0)
        {
            throw new UsageException("there are no tools to build from: name catalogues, or a --package that holds tools.json");
        }

        var settings = new GraphSettings();
        var root = Seed.Root(request.Seed);
        var domains = given is not null ? [DomainFinder.Whole(tools, settings)] : DomainFinder.Find(tools, settings, root.Child("graphs"), cancellationToken).Domains;
        using var engine = new EnvironmentEngine(new EngineOptions(), shell.Clock);
        var answers = new List<BuildAnswer>();
        var store = new FolderArtifactStore(request.Output);
        using (var progress = new CountLine(shell, "environments built"))
        {
            foreach (var domain in domains)
            {
                progress.Report(new CountProgress(answers.Count, domains.Count));
                var build = new EnvironmentBuilder(new EnvironmentSettings(), engine).Build(domain, root.Child("environments").Child(domain.Id), given);
                if (build.Package is { } made)
                {
                    await PackageFolder.WriteAsync(store, domain.Name + "/", made, cancellationToken);
                    await store.TryCreateJsonAsync(domain.Name + "/" + PackageFiles.Audit, build.Audit!, cancellationToken);
                }

                answers.Add(new BuildAnswer(build.Package is null ? null : Path.Combine(request.Output, domain.Name), build.Outcome, build.Audit?.Mutation?.Score));
            }
        }

        store.Dispose();
        RemoveWorkspace(request.Output);
        if (request.Json)
        {
            shell.WriteJson(answers);
        }
        else
        {
            Write(shell, answers);
        }

        return answers.Any(answer => answer.Folder is not null) ? CommandLine.Success : CommandLine.Failure;
    }

    private static async Task<IReadOnlyList<ToolSpec>> ToolsAsync(Shell shell, Request request, GivenParts? given, CancellationToken cancellationToken)
    {
        ImportReport? report = null;
        IReadOnlyList<ToolSpec> tools;
        if (given is { HasTools: true })
        {
            tools = GivenTools.Specs(given, new ToolSettings(), out report);
            if (request.Paths.Count > 0)
            {
                throw new UsageException("--package holds tools of its own; name no catalogues beside it");
            }
        }
        else
        {
            var importer = new CatalogueImporter(new ToolSettings());
            foreach (var file in request.Paths.Count == 0 ? [] : SourceLocator.Locate(request.Paths, Directory.GetCurrentDirectory()).Files)
            {
                importer.Add(CatalogueDocument.Of(await File.ReadAllBytesAsync(file.Path, cancellationToken), file.Name));
            }

            (tools, report) = importer.Finish();
        }

        foreach (var rejected in report?.Rejects ?? [])
        {
            shell.ErrorText($"left out: {(rejected.OriginalName.Length > 0 ? rejected.OriginalName : rejected.Place)}: {rejected.Reason}: {rejected.Detail}");
        }

        return tools;
    }

    /// <summary>The store's place for unfinished files is of no use to whoever gets the packages.</summary>
    private static void RemoveWorkspace(string output)
    {
        var folder = Path.Combine(output, "~tmp");
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }

    private static void Write(Shell shell, List<BuildAnswer> answers)
    {
        foreach (var answer in answers)
        {
            var text = new StringBuilder();
            text.Append(CultureInfo.InvariantCulture, $"{answer.Outcome.DomainName}: {answer.Outcome.ToolsKept.Count} of {answer.Outcome.ToolsIn} tools");
            text.Append(answer.MutationScore is { } score ? string.Create(CultureInfo.InvariantCulture, $", mutation score {score:0.00}") : "");
            shell.WriteText(text.Append(answer.Folder is null ? $"; no environment: {answer.Outcome.Reason}" : $": {answer.Folder}").ToString());
            foreach (var rejected in answer.Outcome.ToolsRejected)
            {
                shell.WriteText($"  left out: {rejected.Tool}: {rejected.Reason}: {rejected.Detail}");
            }
        }
    }

    private sealed record Request(IReadOnlyList<string> Paths, string Output, string? Package, long Seed, bool Json);

    private sealed record BuildAnswer(string? Folder, EnvironmentOutcome Outcome, double? MutationScore);
}
