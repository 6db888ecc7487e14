using AgentScaler.Campaigns;
using AgentScaler.Json;
using Microsoft.AspNetCore.Http;

namespace AgentScaler.Functions;

/// <summary>Answers that several endpoints give: documents in our JSON, and problems (RFC 9457).</summary>
internal static class Answers
{
    /// <summary>200, or another status, with a document.</summary>
    public static IResult Document<T>(T value, int status = StatusCodes.Status200OK) => Results.Json(value, ArtifactJson.Options, statusCode: status);

    /// <summary>400 with every error, by place.</summary>
    public static IResult Invalid(HttpRequest request, string title, params IReadOnlyList<CampaignError> errors) =>
        TypedResults.ValidationProblem(
            new SortedDictionary<string, string[]>(
                errors.GroupBy(error => error.Place, StringComparer.Ordinal)
                    .ToDictionary(place => place.Key, place => place.Select(error => $"found {error.Found}, expected {error.Expected}").ToArray(), StringComparer.Ordinal),
                StringComparer.Ordinal),
            title,
            request.Path);

    /// <summary>404 for a campaign that is not there.</summary>
    public static IResult NoCampaign(HttpRequest request, string id) => Problem(request, StatusCodes.Status404NotFound, $"there is no campaign '{id}'");

    /// <summary>Any other problem.</summary>
    public static IResult Problem(HttpRequest request, int status, string detail) => TypedResults.Problem(detail, request.Path, status);
}
