using AgentScaler.Azure.Rows;
using AgentScaler.Storage;
using Azure.Data.Tables;

namespace AgentScaler.Azure.Tests.Rows;

/// <summary>The service's limits, which Azurite does not keep.</summary>
public sealed class TableLimitsTests
{
    [Fact]
    public void Check_LargestOfEverything_Passes()
    {
        TableLimits.Check([.. Enumerable.Range(0, 100).Select(i => Add(new TableEntity("p", $"{i}") { ["V"] = new string('x', 32 * 1024) }))]);
        TableLimits.Check(Filled(15, 32 * 1024));
    }

    [Theory]
    [InlineData(1, (32 * 1024) + 1, "65536 bytes in one property, V000 has 65538")]
    [InlineData(16, 32 * 1024, "1048576 bytes in one entity, this one has 1048")]
    [InlineData(253, 1, "252 properties in one entity, this one has 253")]
    public void Check_EntityOverALimit_IsRefusedWithTheLimit(int properties, int characters, string message)
    {
        var refusal = Assert.Throws<StateLimitException>(() => TableLimits.Check(Filled(properties, characters)));
        Assert.Contains("entity 'p/k'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_TransactionOverALimit_IsRefusedWithTheLimit()
    {
        var many = Assert.Throws<StateLimitException>(() => TableLimits.Check([.. Enumerable.Range(0, 101).Select(i => Add(new TableEntity("p", $"{i}")))]));
        Assert.Contains("100 entities in one transaction, this one has 101", many.Message, StringComparison.Ordinal);
        var mixed = Assert.Throws<StateLimitException>(() => TableLimits.Check([Add(new TableEntity("p", "k")), Add(new TableEntity("q", "k"))]));
        Assert.Contains("one partition", mixed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(32_767)]
    [InlineData(32_768)]
    [InlineData(65_536)]
    [InlineData(480_000)]
    public void Entity_ValueOfAnyLength_IsReadBackAndWithinTheLimits(int length)
    {
        // Pairs of surrogates at odd places, so that some part would end between the two.
        var value = length == 0 ? string.Empty : "x" + string.Concat(Enumerable.Repeat("\ud83d\ude00", (length - 1) / 2));
        Assert.True(TableRowEntity.Fits(value));
        var entity = TableRowEntity.Write("p", new RowAction("k", value, null, new string('0', 192), null));
        TableLimits.Check(entity);
        Assert.DoesNotContain(entity.Select(pair => pair.Value).OfType<string>(), part => part.Length > 0 && char.IsHighSurrogate(part[^1]));
        Assert.Equal(value, TableRowEntity.Read(entity).Value);
    }

    private static TableTransactionAction Add(TableEntity entity) => new(TableTransactionActionType.Add, entity);

    private static TableEntity Filled(int properties, int characters)
    {
        var entity = new TableEntity("p", "k");
        for (var i = 0; i < properties; i++)
        {
            entity[$"V{i:000}"] = new string('x', characters);
        }

        return entity;
    }
}
