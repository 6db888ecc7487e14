using AgentScaler.Determinism;
using FsCheck.Xunit;

namespace AgentScaler.Core.Tests.Determinism;

public sealed class SeedTests
{
    [Fact]
    public void Child_Path_NamesThePlace()
    {
        Assert.Equal("-7/tasks/env-1/3", Seed.Root(-7).Child("tasks").Child("env-1").Child(3).Path);
        Assert.Equal("1/a%2fb", Seed.Root(1).Child("a/b").Path);
        Assert.NotEqual(Seed.Root(1).Child("a/b"), Seed.Root(1).Child("a").Child("b"));
    }

    [Fact]
    public void Random_SamePlaceTwice_GivesTheSameDraws()
    {
        var (a, b) = (Seed.Root(1).Child("x").Random(), Seed.Root(1).Child("x").Random());
        Assert.Equal(Enumerable.Range(0, 100).Select(_ => a.NextBits()), Enumerable.Range(0, 100).Select(_ => b.NextBits()));
    }

    [Property]
    public bool Random_NeighbouringPlaces_DrawDifferently(int left, int right) =>
        left == right || Seed.Root(1).Child(left).Random().NextBits() != Seed.Root(1).Child(right).Random().NextBits();
}
