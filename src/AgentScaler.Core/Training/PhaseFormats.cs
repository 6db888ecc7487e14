using AgentScaler.Datasets;
using AgentScaler.Datasets.Writers;

namespace AgentScaler.Training;

/// <summary>Writes the files of phases in their consumers' formats, each once.</summary>
/// <param name="target">The folder of the phases.</param>
/// <param name="manifest">The dataset's manifest, for its name and licences.</param>
/// <param name="progress">Told how far each file is; or null.</param>
internal sealed class PhaseFormats(string target, DatasetManifest manifest, IProgress<CountProgress>? progress)
{
    private readonly Dictionary<(string Path, ExportFormat Format), (PlanFile File, IReadOnlyList<ExportLoss> Losses)> written = [];

    /// <summary>Makes sure that formats are made of trajectories, before anything is written.</summary>
    /// <exception cref="DatasetException">One is not.</exception>
    public static void Check(IEnumerable<ExportFormat> formats)
    {
        foreach (var format in formats.Select(DatasetFormat.Of))
        {
            if (!IsOfTrajectories(format))
            {
                throw new DatasetException(
                    $"format {format.Name} is not made of trajectories: expected one for supervised fine-tuning, {string.Join(", ", DatasetFormat.All.Where(IsOfTrajectories).Select(other => other.Name))}");
            }
        }
    }

    /// <summary>Writes a phase's files.</summary>
    /// <param name="formats">Formats that <see cref="Check"/> lets pass.</param>
    public async Task<IReadOnlyList<PlanFormat>> WriteAsync(IReadOnlyList<ExportFormat> formats, PlanFile training, PlanFile? validation, CancellationToken cancellationToken)
    {
        var files = new List<PlanFormat>();
        foreach (var format in formats.Distinct().Order())
        {
            var (train, losses) = await WriteAsync(format, training, cancellationToken);
            var watch = validation is null ? null : (await WriteAsync(format, validation, cancellationToken)).File;
            var lost = new SortedDictionary<string, long>(StringComparer.Ordinal);
            foreach (var loss in losses)
            {
                lost[loss.Reason] = lost.GetValueOrDefault(loss.Reason) + loss.Count;
            }

            if (format == ExportFormat.LlamaFactory && watch is not null)
            {
                await ListAsync(train, watch, cancellationToken);
            }

            files.Add(new PlanFormat(DatasetFormat.Of(format).Name, train, watch, lost));
        }

        return files;
    }

    /// <summary>LLaMA-Factory finds datasets by name in one folder: beside the phase's rows it must list those that it is validated with.</summary>
    private Task ListAsync(PlanFile train, PlanFile validation, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(train.Path)!;
        var key = DatasetFormat.DatasetKey(manifest.Name);
        var watched = Path.GetRelativePath(folder, validation.Path).Replace(Path.DirectorySeparatorChar, '/');
        var name = folder + "/dataset_info.json";
        return DatasetFileWriter.WriteAsync(
            Path.Combine(target, name), name, LlamaFactoryWriter.Information((key, Path.GetFileName(train.Path)), (key + "_validation", watched)), cancellationToken);
    }

    private async Task<(PlanFile File, IReadOnlyList<ExportLoss> Losses)> WriteAsync(ExportFormat format, PlanFile source, CancellationToken cancellationToken)
    {
        if (written.TryGetValue((source.Path, format), out var known))
        {
            return known;
        }

        var (folder, file) = (Path.GetDirectoryName(source.Path)!, Path.GetFileName(source.Path));
        var place = new PhaseExportPlace(Path.Combine(target, folder), file);
        var rows = new DatasetFile(ExportInput.Trajectories.Path, file, source.Sha256, source.Bytes, source.Rows);
        var outcome = await new DatasetExporter(place, manifest with { Files = [rows] }, progress).WriteAsync(DatasetFormat.Of(format), cancellationToken);
        var made = outcome.Manifest!.Files.First(made => made.Rows is not null);
        return written[(source.Path, format)] = (new PlanFile($"{folder}/{place.NameOf(made.Path)}", made.Sha256, made.Bytes, made.Rows!.Value), outcome.Manifest.Losses);
    }

    private static bool IsOfTrajectories(DatasetFormat format) => format.Files.OfType<ExportFile.Rows>().Any(file => file.Input == ExportInput.Trajectories);
}
