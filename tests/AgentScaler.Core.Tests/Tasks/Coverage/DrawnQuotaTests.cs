using AgentScaler.Determinism;
using AgentScaler.Tasks.Coverage;

namespace AgentScaler.Core.Tests.Tasks.Coverage;

public sealed class DrawnQuotaTests
{
    private const int Tasks = 40;
    private const int Wanted = 4;

    [Fact]
    public void IsDue_EverythingIsKept_MeetsTheQuotaAtPlacesThatDifferBySeed()
    {
        var places = Enumerable.Range(0, 200).Select(Places).ToList();

        Assert.All(places, of => Assert.Equal(Wanted, of.Count));
        var each = places.SelectMany(of => of).CountBy(place => place).ToDictionary();
        Assert.Equal(Tasks, each.Count);
        Assert.All(each.Values, count => Assert.InRange(count, 5, 45));

        // Two kinds of one share coincide as chance has it: in a tenth of the tasks of either.
        Assert.InRange(places.Zip(places.Skip(1)).Sum(pair => pair.First.Intersect(pair.Second).Count()) / (199.0 * Wanted), 0.05, 0.15);
    }

    [Fact]
    public void IsDue_SomeAreLost_MakesUpForThem()
    {
        var quota = new DrawnQuota(Wanted);
        var (random, kept) = (Seed.Root(1).Random(), 0);
        for (var made = 0; made < Tasks; made++)
        {
            var isDue = quota.IsDue(Tasks - made, random);
            var isKept = isDue && random.Chance(0.6);
            quota.Tried(isDue, isKept);
            kept += isKept ? 1 : 0;
        }

        Assert.Equal(Wanted, kept);
    }

    [Fact]
    public void IsDue_NothingIsEverKept_GivesUp()
    {
        var quota = new DrawnQuota(Tasks);
        var due = 0;
        for (var proposal = 0; proposal < Tasks; proposal++)
        {
            var isDue = quota.IsDue(Tasks, Seed.Root(proposal).Random());
            quota.Tried(isDue, isKept: false);
            due += isDue ? 1 : 0;
        }

        Assert.Equal(12, due);
        Assert.Equal(0, quota.Missing);
    }

    [Fact]
    public void Tried_KeptWithoutBeingDue_CountsAllTheSame()
    {
        var quota = new DrawnQuota(Wanted);

        quota.Tried(wasDue: false, isKept: true);

        Assert.Equal(Wanted - 1, quota.Missing);
    }

    private static List<int> Places(int seed)
    {
        var quota = new DrawnQuota(Wanted);
        var random = Seed.Root(seed).Random();
        return
        [
            .. Enumerable.Range(0, Tasks).Where(made =>
            {
                var isDue = quota.IsDue(Tasks - made, random);
                quota.Tried(isDue, isDue);
                return isDue;
            }),
        ];
    }
}
