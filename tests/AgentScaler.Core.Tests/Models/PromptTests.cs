using AgentScaler.Models.Prompts;

namespace AgentScaler.Core.Tests.Models;

public sealed class PromptTests
{
    public static TheoryData<string> Names =>
        [.. typeof(Prompt).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("prompt-", StringComparison.Ordinal)).Select(name => name["prompt-".Length..])];

    [Theory]
    [MemberData(nameof(Names))]
    public void Load_EveryPrompt_HasAVersionAndFillsItsPlaces(string name)
    {
        var prompt = Prompt.Load(name);

        Assert.InRange(prompt.Version, 1, 1000);
        var filled = prompt.Fill([.. prompt.Places.Select(place => (place, "<" + place + ">"))]);
        Assert.DoesNotContain("{{", filled, StringComparison.Ordinal);
        Assert.All(prompt.Places, place => Assert.Contains("<" + place + ">", filled, StringComparison.Ordinal));
    }

    [Fact]
    public void Fill_ValueWithPlaces_IsNotFilledAgain() =>
        Assert.Contains("{{policy}}", Prompt.Load("agent").Fill(("policy", "{{policy}}")), StringComparison.Ordinal);

    [Fact]
    public void Fill_PlaceMissingOrUnknown_IsRefused() =>
        Assert.Contains("place", Assert.Throws<ArgumentException>(() => Prompt.Load("agent").Fill(("place", "x"))).Message, StringComparison.Ordinal);
}
