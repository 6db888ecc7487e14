using System.Text.Json;
using AgentScaler.Environments.Calls;
using AgentScaler.Tasks;
using AgentScaler.Tasks.Wording;

namespace AgentScaler.Core.Tests.Tasks.Wording;

public sealed class SpokenAmountsTests
{
    [Fact]
    public void Joined_OneAmountAndItsCurrency_AreSaidInOneBreathAndBothStillSaid()
    {
        var said = Joined(("unit_price", "12500.5", "12,500.5"), ("title", "\"Desk\"", "Desk"), ("currency", "\"EUR\"", "EUR"));

        Assert.Equal(["unit_price 12,500.5 EUR", "title Desk"], said);
        Assert.All(["12500.5", "EUR"], fact => Assert.True(ScalarTexts.IsSaidIn(said[0], fact)));
    }

    [Fact]
    public void Joined_TwoAmountsOrNoCode_StayApart()
    {
        Assert.Equal(3, Joined(("price", "10", "10"), ("fee", "2", "2"), ("currency", "\"EUR\"", "EUR")).Count);
        Assert.Equal(2, Joined(("price", "10", "10"), ("currency", "\"euro\"", "euro")).Count);
        Assert.Equal(2, Joined(("quantity", "10", "10"), ("currency_code", "\"EUR\"", "EUR")).Count);
        Assert.Equal(2, Joined(("price", "10", "10"), ("currency", "\"EUR\"", "USD, no, EUR")).Count);
    }

    private static List<string> Joined(params (string Parameter, string Json, string Text)[] values) =>
    [
        .. SpokenAmounts.Joined([.. values.Select(value => (new SampledArgument(value.Parameter, ArgumentRole.Value, null, JsonElement.Parse(value.Json)), new SpokenValue(value.Parameter, value.Text)))])
            .Select(value => $"{value.Name} {value.Text}"),
    ];
}
