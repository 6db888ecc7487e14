using AgentScaler.Storage;
using Azure;
using Azure.Identity;
using Microsoft.Azure.Cosmos;

namespace AgentScaler.Azure;

/// <summary>A service's fault, after all retries, as a <see cref="StoreException"/> that names the place and what a person can do.</summary>
internal static class AzureFault
{
    /// <summary>Whether an exception says that a service failed, rather than that the caller gave up or asked for something wrong.</summary>
    public static bool Is(Exception fault, CancellationToken cancellationToken) => fault switch
    {
        RequestFailedException or CosmosException or AuthenticationFailedException or IOException or HttpRequestException => true,

        // The client's own limit on one attempt shows as a cancellation that nobody asked for.
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AggregateException several => several.InnerExceptions.All(inner => Is(inner, cancellationToken)),
        _ => false,
    };

    /// <summary>The fault of an action such as <c>write artifact 'a/b'</c> on a container, table or database.</summary>
    public static StoreException Of(string action, string place, Exception fault) =>
        new($"cannot {action} in {place}: {Reason(fault)}; {Advice(fault)}, then run again: finished work is kept", fault);

    /// <summary>Passes items on; a fault of the service while reading becomes a <see cref="StoreException"/>.</summary>
    public static async IAsyncEnumerable<T> Guard<T>(
        IAsyncEnumerable<T> items, string action, string place, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var enumerator = items.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await enumerator.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (Exception e) when (Is(e, cancellationToken))
            {
                throw Of(action, place, e);
            }

            yield return enumerator.Current;
        }
    }

    /// <summary>Does something with a service; its fault becomes a <see cref="StoreException"/>.</summary>
    public static async Task<T> Guard<T>(Func<Task<T>> request, string action, string place, CancellationToken cancellationToken)
    {
        try
        {
            return await request();
        }
        catch (Exception e) when (Is(e, cancellationToken))
        {
            throw Of(action, place, e);
        }
    }

    private static string Reason(Exception fault) => fault switch
    {
        RequestFailedException { Status: > 0 } failed => $"{failed.Status} {failed.ErrorCode}, {FirstLine(failed.Message)}",
        CosmosException failed => $"{(int)failed.StatusCode} {failed.StatusCode}, {FirstLine(failed.Message)}",
        OperationCanceledException => "no answer in time",
        AggregateException { InnerExceptions: [.., var last] } several => $"{several.InnerExceptions.Count} attempts, the last: {Reason(last)}",
        _ => FirstLine(fault.Message),
    };

    private static string Advice(Exception fault) => fault switch
    {
        AggregateException { InnerExceptions: [.., var last] } => Advice(last),
        AuthenticationFailedException => "sign in (az login) or set AZURE_CLIENT_ID to the managed identity's client id",
        RequestFailedException { Status: 401 or 403 } or CosmosException { StatusCode: System.Net.HttpStatusCode.Unauthorized or System.Net.HttpStatusCode.Forbidden } =>
            "give the identity its data role (Storage Blob Data Contributor, Storage Table Data Contributor, Cosmos DB Built-in Data Contributor)",
        RequestFailedException { Status: 404 } or CosmosException { StatusCode: System.Net.HttpStatusCode.NotFound } => "see that nobody deleted it",
        _ => "see that the service can be reached",
    };

    private static string FirstLine(string text) => text.AsSpan().Trim().IndexOfAny('\r', '\n') is var end and >= 0 ? text.Trim()[..end].TrimEnd('.') : text.Trim().TrimEnd('.');
}
