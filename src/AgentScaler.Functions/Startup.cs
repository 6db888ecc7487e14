using Microsoft.Extensions.Logging;

namespace AgentScaler.Functions;

/// <summary>What the app says when it starts.</summary>
internal static partial class Startup
{
    /// <summary>Names the store, and what it means for scaling out.</summary>
    [LoggerMessage(LogLevel.Information, "artifacts are kept in the folder {Folder}; every worker must see it, so this app runs on one machine: there is no artifact store in Azure yet")]
    public static partial void LogStore(ILogger logger, string folder);
}
