using AgentScaler.Determinism;
using AgentScaler.Storage;
using AgentScaler.Tools.Sources;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace AgentScaler.Functions;

/// <summary>
/// <c>POST /api/documents</c>: puts a catalogue document into the artifact store. Its body is the document as it is, in any dialect; the answer names
/// the SHA-256 under which a campaign lists it. The same document twice is one document.
/// </summary>
public sealed class StoreDocumentFunction(IArtifactStore artifacts)
{
    /// <summary>Bytes of one document.</summary>
    public const int LargestDocument = 64 << 20;

    /// <summary>Answers 201 with the document's SHA-256, 200 if it was there, 400 for an empty one, 413 for one over the limit, 503 if the store failed.</summary>
    [Function("store-document")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "documents")] HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = await BodyReader.ReadAsync(request, LargestDocument, cancellationToken);
        if (body is null)
        {
            return Answers.Problem(request, StatusCodes.Status413PayloadTooLarge, $"the document is larger than {LargestDocument} bytes");
        }

        if (body.Length == 0)
        {
            return Answers.Problem(request, StatusCodes.Status400BadRequest, "the body is empty; expected a catalogue document");
        }

        try
        {
            var sha256 = await Sha256Text.OfAsync(body, cancellationToken);
            var created = await artifacts.TryCreateAsync(
                DocumentUpload.ArtifactOf(sha256),
                async (target, token) =>
                {
                    // Begun again from the start if the store writes a second time.
                    body.Position = 0;
                    await body.CopyToAsync(target, token);
                },
                cancellationToken);
            return Answers.Document(new { sha256, bytes = body.Length }, created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        }
        catch (StoreException e)
        {
            return Answers.Problem(request, StatusCodes.Status503ServiceUnavailable, e.Message);
        }
    }
}
