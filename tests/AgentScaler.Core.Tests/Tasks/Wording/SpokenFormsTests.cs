using System.Text.Json;
using AgentScaler.Tasks;
using AgentScaler.Tasks.Wording;

namespace AgentScaler.Core.Tests.Tasks.Wording;

public sealed class SpokenFormsTests
{
    [Theory]
    [InlineData("\"2025-07-09\"", "date", "en-US", "July 9, 2025")]
    [InlineData("\"2025-07-09\"", "date", "en-GB", "9 July 2025")]
    [InlineData("\"2025-07-09\"", "date", "zh", "2025年7月9日")]
    [InlineData("\"2025-07-09\"", "date", "en", null)]
    [InlineData("\"2025-07-09\"", null, "en-US", null)]
    [InlineData("\"2025-07-09T10:45:00Z\"", "date-time", "en-US", null)]
    [InlineData("73529.540", null, "en-US", "73,529.540")]
    [InlineData("-1234567", null, "en-GB", "-1,234,567")]
    [InlineData("9999", null, "en-US", null)]
    [InlineData("1e9", null, "en-US", null)]
    [InlineData("\"90210\"", null, "en-US", null)]
    public void Of_ValueOfAUserSomewhere_IsSaidAsThereOrAsItIs(string json, string? format, string language, string? expected)
    {
        var schema = format is null ? (JsonElement?)null : JsonSerializer.SerializeToElement(new { type = "string", format });
        using var value = JsonDocument.Parse(json);

        Assert.Equal(expected, SpokenForms.Of(value.RootElement, schema, new RequestManner(RequestStyle.Plain, language)));
    }

    [Theory]
    [InlineData("please come on July 9, 2025.", "2025-07-09", true)]
    [InlineData("please come on 9 July 2025.", "2025-07-09", true)]
    [InlineData("请在2025年7月9日来", "2025-07-09", true)]
    [InlineData("please come on 19 July 2025.", "2025-07-09", false)]
    [InlineData("it costs 73,529.54 at most", "73529.54", true)]
    [InlineData("it costs 173,529.54 at most", "73529.54", false)]
    public void IsSaidIn_AnyFormOfAScalar_IsFound(string text, string scalar, bool expected) => Assert.Equal(expected, ScalarTexts.IsSaidIn(text, scalar));
}
