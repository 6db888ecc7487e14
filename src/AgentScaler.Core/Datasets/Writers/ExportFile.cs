using System.Text.Json;

namespace AgentScaler.Datasets.Writers;

/// <summary>A file of a format.</summary>
/// <param name="Name">Its name within the format's folder.</param>
public abstract record ExportFile(string Name)
{
    /// <summary>A file that is the same for every dataset but for the dataset's name.</summary>
    /// <param name="Text">Its text, given the dataset's name.</param>
    public sealed record Fixed(string Name, Func<string, string> Text) : ExportFile(Name);

    /// <summary>A file of rows.</summary>
    /// <param name="Input">What it is made from.</param>
    public abstract record Rows(string Name, ExportInput Input) : ExportFile(Name)
    {
        /// <summary>Writes the whole file.</summary>
        /// <param name="lines">The input's records, a line each.</param>
        /// <param name="progress">Told after each record, or null.</param>
        /// <returns>Rows written.</returns>
        /// <exception cref="JsonException">A line is no record.</exception>
        public abstract Task<long> WriteAsync(
            IAsyncEnumerable<ReadOnlyMemory<byte>> lines, Stream target, ExportLosses losses, Action? progress, CancellationToken cancellationToken);
    }

    /// <summary>A file of rows made by a writer.</summary>
    /// <param name="Open">Opens the writer.</param>
    public sealed record Written<TRecord>(string Name, ExportInput Input, Func<Stream, ExportLosses, IDatasetWriter<TRecord>> Open) : Rows(Name, Input)
    {
        /// <inheritdoc/>
        public override async Task<long> WriteAsync(
            IAsyncEnumerable<ReadOnlyMemory<byte>> lines, Stream target, ExportLosses losses, Action? progress, CancellationToken cancellationToken)
        {
            await using var writer = Open(target, losses);
            var reader = new RecordReader<TRecord>();
            long number = 0;
            await foreach (var line in lines.WithCancellation(cancellationToken))
            {
                number++;
                if (reader.TryRead(line.Span, out var record))
                {
                    await writer.WriteAsync(record, cancellationToken);
                }
                else
                {
                    losses.Row($"line {number}", ExportReasons.HalfCharacter, "$");
                }

                progress?.Invoke();
            }

            await writer.CompleteAsync(cancellationToken);
            return writer.Rows;
        }
    }
}
