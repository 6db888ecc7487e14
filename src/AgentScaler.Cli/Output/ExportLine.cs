using AgentScaler.Datasets.Writers;

namespace AgentScaler.Cli.Output;

/// <summary>Shows a running export, file by file, with rates and what is left.</summary>
internal sealed class ExportLine(Shell shell) : IProgress<ExportProgress>, IDisposable
{
    private readonly LiveLine line = new(shell);
    private string current = string.Empty;
    private long started;

    /// <inheritdoc/>
    public void Report(ExportProgress value)
    {
        var file = value.Format + "/" + value.File;
        if (file != current)
        {
            (current, started) = (file, shell.Clock.GetTimestamp());
        }

        if (value.Done > 0)
        {
            line.Show(() => $"{file}: {CountLine.Text(value.Done, value.Total, "rows", shell.Clock.GetElapsedTime(started))}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => line.Dispose();
}
