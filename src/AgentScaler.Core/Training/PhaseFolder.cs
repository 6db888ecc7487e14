using AgentScaler.Datasets.Masks;
using AgentScaler.Datasets.Writers;

namespace AgentScaler.Training;

/// <summary>
/// The folder of a plan. What an earlier plan left there may hold environments that are held out now: it is cleared before anything is written, and whatever stands there without
/// being listed is found.
/// </summary>
internal static class PhaseFolder
{
    private const string HeldOut = "heldout";

    private static readonly string[] Phases = ["phase1", "phase2"];

    private static readonly string[] Rows = ["train", "validation"];

    /// <summary>Removes an older plan, first of all, its rows, the loss masks of those, and all formats.</summary>
    public static void Clear(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        File.Delete(Path.Combine(folder, FinetunePlan.FileName));
        foreach (var name in Phases.SelectMany(phase => Rows.Select(rows => $"{phase}/{rows}")).Append(HeldOut))
        {
            foreach (var file in Masks(name).Append(name + ".jsonl").Select(file => Path.Combine(folder, file)).Where(File.Exists))
            {
                File.Delete(file);
            }
        }

        foreach (var format in Phases.SelectMany(phase => DatasetFormat.All.Select(format => Path.Combine(folder, phase, format.Name))).Where(Directory.Exists))
        {
            Directory.Delete(format, recursive: true);
        }
    }

    /// <summary>Files of rows in the phases' folders, and held-out ones, that a plan doesn't list; loss masks of listed files may be there, and what a format has beside its rows.</summary>
    /// <returns>Paths below the folder, with <c>/</c>, sorted.</returns>
    public static IEnumerable<string> Unlisted(string folder, FinetunePlan plan)
    {
        var files = plan.Phases.SelectMany(phase => phase.Formats.SelectMany(format => new[] { format.Training, format.Validation }).Append(phase.Training).Append(phase.Validation)).Append(plan.HeldOut);
        var listed = files.OfType<PlanFile>().Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        listed.UnionWith(listed.SelectMany(path => Masks(Path.ChangeExtension(path, null))).ToList());
        listed.UnionWith(plan.Phases.SelectMany(phase => phase.Formats.Select(format => format.Format)).Distinct(StringComparer.Ordinal).Select(DatasetFormat.Find).OfType<DatasetFormat>()
            .SelectMany(format => Phases.SelectMany(phase => format.Files.OfType<ExportFile.Fixed>().Select(file => $"{phase}/{format.Name}/{file.Name}"))));
        return Phases.Select(phase => Path.Combine(folder, phase)).Where(Directory.Exists).SelectMany(phase => Directory.EnumerateFiles(phase, "*", SearchOption.AllDirectories))
            .Concat(Directory.Exists(folder) ? Directory.EnumerateFiles(folder, HeldOut + ".*") : [])
            .Select(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(file => !listed.Contains(file)).Order(StringComparer.Ordinal);
    }

    /// <summary>The files to which <c>dataset masks</c> writes for a file of rows, where it is not told otherwise.</summary>
    /// <param name="name">The file's path without its extension.</param>
    private static IEnumerable<string> Masks(string name) => Enum.GetValues<ChatTemplateKind>().Select(template => $"{name}.{template.ToString().ToLowerInvariant()}.jsonl");
}
