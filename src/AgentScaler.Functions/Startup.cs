using AgentScaler.Azure;
using Microsoft.Extensions.Logging;

namespace AgentScaler.Functions;

/// <summary>What the app says when it starts.</summary>
internal static partial class Startup
{
    /// <summary>Names the stores.</summary>
    [LoggerMessage(LogLevel.Information, "artifacts are kept in {Artifacts}, state rows in {State}")]
    public static partial void LogStores(ILogger logger, string artifacts, StateKind state);
}
