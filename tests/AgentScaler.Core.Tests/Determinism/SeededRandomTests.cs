using AgentScaler.Determinism;
using FsCheck.Xunit;

namespace AgentScaler.Core.Tests.Determinism;

/// <summary>The stream is part of our format. Its golden values come from another implementation (Python integers, hashlib).</summary>
public sealed class SeededRandomTests
{
    [Theory]
    [InlineData("1", 0x117f706649754faaUL, 0x8c4cff2b4af92f7UL, 0x56915eb5b66af3beUL, 0x70529b881b4d48c1UL)]
    [InlineData("42/tasks/env-1/3", 0x4b2f8850fdd9edfdUL, 0x1404c35a41787c0cUL, 0x6d7e57cd839add2cUL, 0x63ba7a316b9fe6ccUL)]
    public void NextBits_KnownSeed_GivesTheGoldenStream(string path, ulong first, ulong second, ulong third, ulong fourth)
    {
        var random = new Seed(path).Random();
        Assert.Equal([first, second, third, fourth], Enumerable.Range(0, 4).Select(_ => random.NextBits()));
    }

    [Fact]
    public void OtherDraws_KnownSeed_GiveTheGoldenStream()
    {
        var dice = new Seed("1/dice").Random();
        Assert.Equal([0, 1, 2, 0, 1, 0, 3, 5, 0, 0, 5, 5, 5, 1, 4, 2, 0, 2, 1, 4], Enumerable.Range(0, 20).Select(_ => dice.Next(6)));
        var unit = new Seed("1/dbl").Random();
        Assert.Equal([0.3298646899485749, 0.8911874713789459, 0.9921752400058685], Enumerable.Range(0, 3).Select(_ => unit.NextDouble()));
        Assert.Equal([7, 4, 9, 5, 3, 2, 8, 0, 6, 1], new Seed("1/cards").Random().Shuffle(Enumerable.Range(0, 10)));
    }

    [Property]
    public bool Next_AnyBound_StaysBelowIt(int bound)
    {
        bound = bound == int.MinValue ? 1 : Math.Max(1, Math.Abs(bound));
        var random = Seed.Root(bound).Random();
        return Enumerable.Range(0, 50).Select(_ => random.Next(bound)).All(drawn => drawn >= 0 && drawn < bound);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Next_BoundThatIsNotPositive_IsRefused(int bound) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Seed.Root(1).Random().Next(bound));

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    public void Next_ManyDraws_AreUniform(int bound)
    {
        const int draws = 200_000;
        var random = Seed.Root(1).Child("uniform").Child(bound).Random();
        var counts = new int[bound];
        for (var i = 0; i < draws; i++)
        {
            counts[random.Next(bound)]++;
        }

        var expected = (double)draws / bound;
        var chiSquare = counts.Sum(count => (count - expected) * (count - expected) / expected);

        // Mean bound - 1, variance twice that: five standard deviations above it a fair source comes once in a million.
        Assert.InRange(chiSquare, 0, bound - 1 + (5 * Math.Sqrt(2.0 * (bound - 1))));
    }

    [Fact]
    public void NextDouble_ManyDraws_AreUniformInTheUnitInterval()
    {
        var random = Seed.Root(1).Child("unit").Random();
        var draws = Enumerable.Range(0, 100_000).Select(_ => random.NextDouble()).ToArray();
        Assert.All(draws, draw => Assert.InRange(draw, 0, 0.9999999999999999));
        Assert.InRange(draws.Average(), 0.495, 0.505);
        Assert.InRange(draws.Average(draw => draw * draw) - Math.Pow(draws.Average(), 2), (1 / 12.0) - 0.001, (1 / 12.0) + 0.001);
    }

    [Fact]
    public void Between_SmallRange_ReachesBothEndsAndNothingElse()
    {
        var random = Seed.Root(1).Random();
        var drawn = Enumerable.Range(0, 200).Select(_ => random.Between(-1, 2)).Distinct().Order();
        Assert.Equal([-1, 0, 1, 2], drawn);
        Assert.Equal(5, random.Between(5, 5));
    }

    [Fact]
    public void Chance_ZeroOneAndAQuarter_ComeAsOften()
    {
        var random = Seed.Root(1).Random();
        Assert.DoesNotContain(true, Enumerable.Range(0, 1000).Select(_ => random.Chance(0)));
        Assert.DoesNotContain(false, Enumerable.Range(0, 1000).Select(_ => random.Chance(1)));
        Assert.InRange(Enumerable.Range(0, 10_000).Count(_ => random.Chance(0.25)), 2300, 2700);
    }

    [Property]
    public bool Shuffle_AnyItems_IsAPermutationAndLeavesTheArgument(int[] items, int seed)
    {
        var before = items.ToArray();
        var shuffled = Seed.Root(seed).Random().Shuffle(items);
        return shuffled.Order().SequenceEqual(before.Order()) && items.SequenceEqual(before);
    }

    [Fact]
    public void Shuffle_ThreeItems_ReachesEveryOrderAsOften()
    {
        var random = Seed.Root(1).Child("orders").Random();
        var orders = Enumerable.Range(0, 6000).Select(_ => string.Join(string.Empty, random.Shuffle([1, 2, 3]))).GroupBy(order => order).ToArray();
        Assert.Equal(6, orders.Length);
        Assert.All(orders, order => Assert.InRange(order.Count(), 850, 1150));
    }
}
