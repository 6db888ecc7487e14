using System.Text;
using AgentScaler.Environments;
using AgentScaler.Json;

namespace AgentScaler.Episodes.ToolFaults;

/// <summary>What calls answer that fail for no fault of theirs: errors in the shape of any other tool error, <c>{"error":{"code","message"}}</c>.</summary>
internal static class ToolFaultErrors
{
    private static readonly string[] Transient = [CodeOf(ToolFaultKind.Timeout), CodeOf(ToolFaultKind.RateLimited), CodeOf(ToolFaultKind.Unavailable)];

    /// <summary>The error's code.</summary>
    public static string CodeOf(ToolFaultKind kind) => kind switch
    {
        ToolFaultKind.Timeout => "timeout",
        ToolFaultKind.RateLimited => "rate_limited",
        ToolFaultKind.Unavailable => "unavailable",
        ToolFaultKind.OutOfService => "out_of_service",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind"),
    };

    /// <summary>Whether a code says that the same call may work when it is made again.</summary>
    public static bool IsTransient(string code) => Transient.Contains(code, StringComparer.Ordinal);

    /// <summary>The result of a failing call.</summary>
    public static ToolResult Of(ToolFault fault)
    {
        var code = CodeOf(fault.Kind);
        var content = new StringBuilder("{\"error\":{\"code\":");
        CanonicalJson.AppendString(content, code);
        content.Append(",\"message\":");
        CanonicalJson.AppendString(content, fault.Kind switch
        {
            ToolFaultKind.Timeout => $"{fault.Tool} did not answer in time; nothing was done, the call can be made again",
            ToolFaultKind.RateLimited => $"too many calls of {fault.Tool}; nothing was done, make the call again in a moment",
            ToolFaultKind.Unavailable => $"{fault.Tool} is not available for the moment; nothing was done, the call can be made again",
            _ => $"{fault.Tool} is out of service until further notice; making the call again does not help",
        });
        return new ToolResult(content.Append("}}").ToString(), true, code, 0);
    }
}
