using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;

namespace AgentScaler.Azure.Tests.Faults;

/// <summary>An answer without a body, as a gateway or a busy service gives it.</summary>
internal sealed class FaultResponse(Request request, int status, string code) : Response
{
    public override int Status => status;

    public override string ReasonPhrase => code;

    /// <summary>The transport sets this on real answers; retries ask for it.</summary>
    public override bool IsError => true;

    public override Stream? ContentStream { get; set; } = new MemoryStream();

    public override string ClientRequestId { get; set; } = request.ClientRequestId;

    public override void Dispose()
    {
    }

    protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => [new HttpHeader("x-ms-error-code", code)];

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        value = name.Equals("x-ms-error-code", StringComparison.OrdinalIgnoreCase) ? code : null;
        return value is not null;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = TryGetHeader(name, out var value) ? [value] : null;
        return values is not null;
    }
}
