using System.Globalization;
using System.Text.Json;
using AgentScaler.Determinism;
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
    [InlineData("\"2025-07-09T15:04:00Z\"", "date-time", "en-US", "July 9, 2025 at 3:04 PM UTC")]
    [InlineData("\"2025-07-09T00:04:05Z\"", "date-time", "en-US", "July 9, 2025 at 12:04:05 AM UTC")]
    [InlineData("\"2025-07-09T15:04:05Z\"", "date-time", "en-GB", "9 July 2025 at 15:04:05 UTC")]
    [InlineData("\"2025-07-09T15:04:00Z\"", "date-time", "zh", "2025年7月9日15:04（UTC）")]
    [InlineData("\"2025-07-09T15:04:00Z\"", "date-time", "en", null)]
    [InlineData("\"2025-07-09T15:04:00Z\"", null, "en-US", null)]
    [InlineData("\"2025-07-09T15:04:00+02:00\"", "date-time", "en-US", null)]
    [InlineData("\"2025-07-09T15:04:00.5Z\"", "date-time", "en-US", null)]
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
    [InlineData("please come on July 9, 2025 at 3:04 PM UTC.", "2025-07-09T15:04:00Z", true)]
    [InlineData("please come on 9 July 2025 at 15:04 UTC.", "2025-07-09T15:04:00Z", true)]
    [InlineData("请在2025年7月9日15:04（UTC）来", "2025-07-09T15:04:00Z", true)]
    [InlineData("please come on July 9, 2025 at 3:04 AM UTC.", "2025-07-09T15:04:00Z", false)]
    [InlineData("please come on July 9, 2025 at 3:04 PM UTC.", "2025-07-09T15:04:05Z", false)]
    [InlineData("it costs 73,529.54 at most", "73529.54", true)]
    [InlineData("it costs 173,529.54 at most", "73529.54", false)]
    public void IsSaidIn_AnyFormOfAScalar_IsFound(string text, string scalar, bool expected) => Assert.Equal(expected, ScalarTexts.IsSaidIn(text, scalar));

    [Fact]
    public void Of_MomentsThatDiffer_ShareNoForm()
    {
        var random = Seed.Root(3).Random();
        var start = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var said = Enumerable.Range(0, 500).Select(_ => start.AddSeconds(random.Next(60 * 60 * 24 * 700))).Concat(Enumerable.Range(0, 500).Select(minute => start.AddMinutes(minute * 60)))
            .Distinct().SelectMany(moment => SpokenForms.Of(moment.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))).ToList();

        Assert.True(said.Count > 3900);
        Assert.Equal(said.Count, said.Distinct().Count());
    }

    [Fact]
    public void Draw_ByDefault_TasksAreInSeveralEnglishes() =>
        Assert.Equal(["en", "en-GB", "en-US"], Enumerable.Range(0, 60).Select(i => MannerDraw.Of(new TaskSettings(), Seed.Root(i)).Language).Distinct().Order(StringComparer.Ordinal));
}
