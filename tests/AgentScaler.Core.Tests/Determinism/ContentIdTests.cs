using AgentScaler.Determinism;

namespace AgentScaler.Core.Tests.Determinism;

public sealed class ContentIdTests
{
    [Fact]
    public void Of_KnownParts_IsTheLeadingDigitsOfTheirHash() =>
        Assert.Equal("task-" + GoldenHash.Of("\"task\"\"a\"\"b\\\"c\"")[..20], ContentId.Of("task", "a", "b\"c"));

    [Fact]
    public void Of_PartsCutElsewhereOrOtherKinds_Differ()
    {
        string[] ids =
        [
            ContentId.Of("x"), ContentId.Of("x", ""), ContentId.Of("x", "", ""), ContentId.Of("x", "a", "bc"), ContentId.Of("x", "ab", "c"),
            ContentId.Of("x", "abc"), ContentId.Of("x", "a\"\"bc"), ContentId.Of("y", "abc"), ContentId.Of("x", "cba"),
        ];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[xy]-[0-9a-f]{20}$", id));
    }
}
