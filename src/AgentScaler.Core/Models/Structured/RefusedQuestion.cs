namespace AgentScaler.Models.Structured;

/// <summary>Asks where a question may go unanswered: an endpoint that refuses the one request is a fault like any other reply that can't be used.</summary>
internal static class RefusedQuestion
{
    /// <summary>Asks a question; see <see cref="StructuredModel.AskAsync"/>.</summary>
    /// <returns>The answer, or why there is none. The reason names no endpoint.</returns>
    /// <exception cref="ModelException">The endpoint gave no reply for a reason that other requests would meet too.</exception>
    public static async Task<StructuredReply<T>> AskOrRefusedAsync<T>(this RoleModel model, StructuredQuestion<T> question, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await new StructuredModel(model).AskAsync(question, cancellationToken);
        }
        catch (ModelException e) when (e.Fault == ModelFault.Rejected)
        {
            return new StructuredReply<T>(null, "the endpoint refuses the request", ModelUsage.None);
        }
    }
}
