using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Core.Tests.Environments.Engine;

/// <summary>Sessions put away as text and taken up again, by another engine.</summary>
public sealed class SessionSnapshotTests : IDisposable
{
    private readonly EnvironmentEngine engine = new(new EngineOptions(), Library.Clock);

    public void Dispose() => engine.Dispose();

    [Theory]
    [InlineData(ValueRules.Json)]
    [InlineData(ValueRules.Python)]
    public void Resume_TakenSession_GoesOnAsTheOriginal(ValueRules values)
    {
        var environment = LoadedEnvironment.Load(Library.Package() with { Values = values });
        var original = engine.Open(environment, new Seed("1"), [new RowChange("books", "b9", Library.Json("""{"title":"é","book_id":"b9","pages":10.0}"""))]);
        original.Call("lend_book", """{"book_id":"b1"}""");
        original.Call("delete_book", """{"book_id":"b2"}""");
        var taken = JsonSerializer.Serialize(original.Snapshot(), ArtifactJson.Options);

        using var other = new EnvironmentEngine(new EngineOptions(), Library.Clock);
        var resumed = other.Resume(environment, JsonSerializer.Deserialize<SessionSnapshot>(taken, ArtifactJson.Options)!);

        Assert.Equal(original.StateHash, resumed.StateHash);
        foreach (var tool in new[] { "lend_book", "get_book", "list_books" })
        {
            foreach (var book in new[] { "b1", "b2", "b9" })
            {
                Assert.Equal(original.Call(tool, $$"""{"book_id":"{{book}}"}"""), resumed.Call(tool, $$"""{"book_id":"{{book}}"}"""));
            }
        }

        Assert.Equal(original.StateHash, resumed.StateHash);
        Assert.Equal(original.Differences.Select(difference => difference.Path), resumed.Differences.Select(difference => difference.Path));
        original.Reset();
        resumed.Reset();
        Assert.Equal(original.StateHash, resumed.StateHash);
    }

    [Fact]
    public void Resume_OnAnotherEnvironmentOrState_IsRefused()
    {
        var environment = LoadedEnvironment.Load(Library.Package());
        var snapshot = engine.Open(environment, new Seed("1")).Snapshot();

        Assert.Throws<ArgumentException>(() => engine.Resume(environment, snapshot with { Environment = "env-other" }));
        Assert.Throws<ArgumentException>(() => engine.Resume(environment, snapshot with { StateHash = new string('0', 64) }));
    }
}
