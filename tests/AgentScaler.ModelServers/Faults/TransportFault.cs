namespace AgentScaler.ModelServers.Faults;

/// <summary>What goes wrong between an endpoint and its client.</summary>
public enum TransportFault
{
    /// <summary>429 with <c>Retry-After</c> in whole seconds.</summary>
    TooManyRequestsSeconds,

    /// <summary>429 with <c>Retry-After</c> as an HTTP date.</summary>
    TooManyRequestsDate,

    /// <summary>429 with <c>retry-after-ms</c>.</summary>
    TooManyRequestsMilliseconds,

    /// <summary>500.</summary>
    InternalError,

    /// <summary>502 with a proxy's HTML.</summary>
    BadGateway,

    /// <summary>503 with <c>Retry-After</c> in whole seconds.</summary>
    Unavailable,

    /// <summary>The connection ends without an answer.</summary>
    DisconnectBeforeHeaders,

    /// <summary>The connection ends in the middle of the answer.</summary>
    DisconnectInBody,

    /// <summary>The answer comes whole, a few bytes at a time.</summary>
    SlowDrip,

    /// <summary>No answer until the client gives up.</summary>
    Hang,

    /// <summary>200, declared JSON, but no JSON.</summary>
    NotJson,

    /// <summary>200 with the first half of the answer, declared as all of it.</summary>
    TruncatedJson,

    /// <summary>200 with a page of HTML.</summary>
    Html,

    /// <summary>200 with nothing.</summary>
    EmptyBody,

    /// <summary>The answer comes whole, declared <c>text/plain</c>.</summary>
    WrongContentType,
}
