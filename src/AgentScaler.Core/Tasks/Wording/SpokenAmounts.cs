using System.Text.Json;
using AgentScaler.Environments.Calls;
using AgentScaler.Tools;

namespace AgentScaler.Tasks.Wording;

/// <summary>Says an amount and its currency in one breath (<c>price 12,500.5 EUR</c>), where a request has one of each: then the currency can be of nothing else.</summary>
internal static class SpokenAmounts
{
    private const int CodeLength = 3;

    /// <summary>The values with the currency behind the amount; as they were where it is not clear that they belong together.</summary>
    /// <param name="said">What is said, with the argument that it is of.</param>
    public static IEnumerable<SpokenValue> Joined(IReadOnlyList<(SampledArgument Argument, SpokenValue Said)> said)
    {
        var currencies = said.Where(value => IsCurrency(value.Argument)).ToList();
        var amounts = said.Where(value => IsAmount(value.Argument)).ToList();
        return currencies is [var currency] && amounts is [var amount] && currency.Said.Text == SpokenWords.Say(currency.Argument.Value)
            ? said.Where(value => value != currency).Select(value => value == amount ? value.Said with { Text = $"{value.Said.Text} {currency.Said.Text}" } : value.Said)
            : said.Select(value => value.Said);
    }

    private static bool IsCurrency(SampledArgument argument) => argument is { Collection: null, Value.ValueKind: JsonValueKind.String } && Words.Tokens(argument.Parameter) is [.., "currency"] or [.., "currency", "code"]
        && argument.Value.GetString() is { Length: CodeLength } code && code.All(char.IsAsciiLetterUpper);

    private static bool IsAmount(SampledArgument argument) => argument is { Collection: null, Value.ValueKind: JsonValueKind.Number } && Words.Tokens(argument.Parameter)
        is [.., "price" or "amount" or "total" or "subtotal" or "fee" or "cost" or "budget" or "salary" or "balance" or "fare" or "rent" or "deposit"];
}
