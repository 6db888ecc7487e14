using System.ClientModel;
using System.ClientModel.Primitives;

namespace AgentScaler.Models.Clients;

/// <summary>Tokens of an identity, whose faults are those of any other endpoint that can't be used.</summary>
/// <param name="name">What errors call the endpoint: role, model, address.</param>
internal sealed class IdentityTokens(AuthenticationTokenProvider inner, string name) : AuthenticationTokenProvider
{
    /// <inheritdoc/>
    public override GetTokenOptions? CreateTokenOptions(IReadOnlyDictionary<string, object> properties) => inner.CreateTokenOptions(properties);

    /// <inheritdoc/>
    public override AuthenticationToken GetToken(GetTokenOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return inner.GetToken(options, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw Fault(e);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<AuthenticationToken> GetTokenAsync(GetTokenOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await inner.GetTokenAsync(options, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw Fault(e);
        }
    }

    private ModelException Fault(Exception fault) => new(ModelFault.Misconfigured, $"{name}: signing in failed: {fault.Message.Split('\n')[0].Trim()}");
}
