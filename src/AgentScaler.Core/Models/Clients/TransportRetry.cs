using AgentScaler.Determinism;
using AgentScaler.Models.Spending;
using Polly;
using Polly.Retry;

namespace AgentScaler.Models.Clients;

/// <summary>
/// Tries again what fails on its way: refusals for load, server errors, lost and broken answers; after as long as the endpoint asks for, else with growing waits. What a model says is
/// never a reason.
/// </summary>
internal static class TransportRetry
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>The pipeline of an endpoint's calls.</summary>
    /// <param name="attempts">All attempts together, from 1.</param>
    /// <param name="line">Where attempts that are tried again are counted.</param>
    public static ResiliencePipeline Create(int attempts, SpendLine line, TimeProvider clock)
    {
        if (attempts == 1)
        {
            return ResiliencePipeline.Empty;
        }

        // Only spreads waits: no draw here reaches any data.
        var random = Seed.Root(0).Child("models").Child("waits").Random();
        var draws = new Lock();
        return new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = attempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                Delay = FirstWait,
                MaxDelay = LongestWait,
                UseJitter = true,
                Randomizer = () =>
                {
                    lock (draws)
                    {
                        return random.NextDouble();
                    }
                },
                ShouldHandle = new PredicateBuilder().Handle<ModelException>(e => e.Fault is ModelFault.Throttled or ModelFault.Unavailable or ModelFault.BrokenAnswer),
                DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as ModelException)?.RetryAfter),
                OnRetry = arguments =>
                {
                    line.CountRetry(((ModelException)arguments.Outcome.Exception!).Fault);
                    return default;
                },
            })
            .Build();
    }
}
