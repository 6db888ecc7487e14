using System.Globalization;
using System.Text;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace AgentScaler.Azure;

/// <summary>
/// A blob being written. One block is held in memory; a blob of one block is created by a single request, a larger one's blocks are sent
/// aside as they fill, under ids that carry the write's mark so that two writers of one name can't mix, and committed together.
/// Disposing of it sends nothing: a writer may do so, and only <see cref="TryCommitAsync"/> creates the blob.
/// </summary>
internal sealed class BlobUpload(BlockBlobClient blob, string mark) : Stream
{
    /// <summary>Bytes of one block.</summary>
    public const int BlockBytes = 4 * 1024 * 1024;

    private const string MarkName = "mark";
    private const int MostRefusals = 8;

    private readonly MemoryStream block = new();
    private readonly List<string> staged = [];

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Creates the blob from what was written, unless there is one of its name.</summary>
    /// <returns>Whether this upload created it.</returns>
    public async Task<bool> TryCommitAsync(CancellationToken cancellationToken)
    {
        if (staged.Count > 0)
        {
            await StageAsync(cancellationToken);
        }

        for (var refusals = 0; ; refusals++)
        {
            try
            {
                await CommitAsync(cancellationToken);
                return true;
            }
            catch (RequestFailedException e) when (e.Status is 409 or 412 || e.ErrorCode == BlobErrorCode.InvalidBlockList)
            {
                // Another writer was first (its commit also drops our blocks); or we were, and the answer was lost.
                if (await MarkThereAsync(cancellationToken) is { } there)
                {
                    return there == mark;
                }

                if (refusals == MostRefusals)
                {
                    throw;
                }
            }
        }
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            if (block.Length == BlockBytes)
            {
                await StageAsync(cancellationToken);
            }

            var taken = Math.Min(buffer.Length, BlockBytes - (int)block.Length);
            block.Write(buffer.Span[..taken]);
            buffer = buffer[taken..];
        }
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            if (block.Length == BlockBytes)
            {
                block.Position = 0;
                blob.StageBlock(NextBlock(), block);
                block.SetLength(0);
            }

            var taken = Math.Min(buffer.Length, BlockBytes - (int)block.Length);
            block.Write(buffer[..taken]);
            buffer = buffer[taken..];
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private async Task StageAsync(CancellationToken cancellationToken)
    {
        block.Position = 0;
        await blob.StageBlockAsync(NextBlock(), block, cancellationToken: cancellationToken);
        block.SetLength(0);
    }

    /// <summary>All ids of a blob must have one length.</summary>
    private string NextBlock()
    {
        var id = Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{mark}{staged.Count:000000}")));
        staged.Add(id);
        return id;
    }

    private async Task CommitAsync(CancellationToken cancellationToken)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [MarkName] = mark };
        var onlyIfAbsent = new BlobRequestConditions { IfNoneMatch = ETag.All };
        if (staged.Count == 0)
        {
            block.Position = 0;
            await blob.UploadAsync(block, new BlobUploadOptions { Metadata = metadata, Conditions = onlyIfAbsent }, cancellationToken);
        }
        else
        {
            await blob.CommitBlockListAsync(staged, new CommitBlockListOptions { Metadata = metadata, Conditions = onlyIfAbsent }, cancellationToken);
        }
    }

    /// <summary>The mark of the blob that is there; empty if it has none; null if there is no blob.</summary>
    private async Task<string?> MarkThereAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.Metadata.TryGetValue(MarkName, out var there) ? there : string.Empty;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }
}
