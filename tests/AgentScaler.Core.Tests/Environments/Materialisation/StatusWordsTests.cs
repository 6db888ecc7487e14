using AgentScaler.Environments.Materialisation;

namespace AgentScaler.Core.Tests.Environments.Materialisation;

public sealed class StatusWordsTests
{
    [Theory]
    [InlineData("cancel_order", "cancel")]
    [InlineData("check_out_guest", "check out")]
    [InlineData("post_workflows_id_start", "start")]
    [InlineData("post_orders_id", null)]
    public void In_ToolName_FindsTheVerbAPersonWouldSay(string tool, string? verb) => Assert.Equal(verb, StatusWords.In(tool));
}
