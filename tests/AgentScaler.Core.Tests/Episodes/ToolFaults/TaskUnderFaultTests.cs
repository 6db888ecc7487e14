using AgentScaler.Core.Tests.Environments;
using AgentScaler.Core.Tests.Tasks;
using AgentScaler.Episodes.ToolFaults;
using AgentScaler.Tasks;

namespace AgentScaler.Core.Tests.Episodes.ToolFaults;

public sealed class TaskUnderFaultTests : LibraryTaskTests
{
    [Fact]
    public void Of_CallsThatCannotBeMade_LeaveTheOthersPointingAtEachOther()
    {
        var task = Writing with
        {
            Gold = [Short.Gold[0], .. Writing.Gold.Select(call => call with { Origins = [.. call.Origins.Select(origin => origin.Step is { } step ? origin with { Step = step + 1 } : origin)] })],
            Requests =
            [
                Short.Requests[0] with { Correction = new RequestCorrection(0, "book_id", LibraryEnvironment.Json("\"book-103\"")) },
                Writing.Requests[0] with { FirstCall = 1, Correction = new RequestCorrection(2, "pages", LibraryEnvironment.Json("602")) },
                Writing.Requests[1] with { FirstCall = 3 },
            ],
        };

        var under = TaskUnderFault.Of(task, new ToolFault(ToolFaultKind.OutOfService, "mark_book_lost", 0) { Excused = [0], GoldHash = Writing.GoldHash });

        Assert.Equal(Writing.Gold.SelectMany(call => call.Origins), under.Gold.SelectMany(call => call.Origins));
        Assert.Equal([null, 1, null], under.Requests.Select(request => request.Correction?.Call));
    }
}
