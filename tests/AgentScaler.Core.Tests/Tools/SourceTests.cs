using AgentScaler.Campaigns;
using AgentScaler.Campaigns.Steps;
using AgentScaler.Storage;
using AgentScaler.Tools;
using AgentScaler.Tools.Sources;

namespace AgentScaler.Core.Tests.Tools;

public sealed class SourceTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("agentscaler-sources-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Locate_Folder_FindsAllBelowSortedWithoutHiddenOnes()
    {
        Write("b.json", "b/z.json", "b/a.json", ".hidden.json", ".git/x.json", "a.json");

        var located = SourceLocator.Locate(["."], folder.FullName);

        Assert.Equal(["a.json", "b.json", "b/a.json", "b/z.json"], located.Files.Select(f => f.Name));
        Assert.All(located.Files, f => Assert.Equal(2, f.Length));
        Assert.Empty(located.Skipped);
    }

    [Theory]
    [InlineData("*.json", "a.json")]
    [InlineData("**/*.json", "a.json b/a.json b/c/z.json")]
    [InlineData("b/**", "a.json c/x.yaml c/z.json")]
    [InlineData("b/?/*.yaml", "c/x.yaml")]
    public void Locate_Glob_FindsWhatFits(string glob, string expected)
    {
        Write("a.json", "b/a.json", "b/c/z.json", "b/c/x.yaml");

        var located = SourceLocator.Locate([glob], folder.FullName);

        Assert.Equal(expected.Split(' '), located.Files.Select(f => f.Name));
    }

    [Fact]
    public void Locate_FileNamedTwice_IsFoundOnce()
    {
        Write("a.json");

        Assert.Single(SourceLocator.Locate(["a.json", "*.json", "."], folder.FullName).Files);
    }

    [Theory]
    [InlineData("missing.json")]
    [InlineData("*.nothing")]
    [InlineData("no/such/**/x")]
    [InlineData("")]
    public void Locate_SourceThatIsNotThere_SaysWhichAndWhatWasExpected(string source)
    {
        var error = Assert.Throws<SourceException>(() => SourceLocator.Locate([source], folder.FullName));

        Assert.Contains(source, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Locate_FileOverTheLimit_IsSkippedWithTheReason()
    {
        Write("small.json");
        using (var big = File.Create(Path.Combine(folder.FullName, "big.json")))
        {
            big.SetLength(SourceLocator.MaximumLength + 1);
        }

        var located = SourceLocator.Locate(["."], folder.FullName);

        Assert.Equal(["small.json"], located.Files.Select(f => f.Name));
        Assert.Equal("big.json", Assert.Single(located.Skipped).Name);
    }

    [Fact]
    public async Task RunAsync_UploadedDocuments_WritesToolsAndReportIndependentOfNames()
    {
        var first = await RunAsync("one.json", "two.json");
        var second = await RunAsync("zwei.txt", "eins.md");

        Assert.Equal(first.Tools, second.Tools);
        Assert.Equal(first.Report, second.Report);
        Assert.Equal(2, first.Tools.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain("one.json", first.Report, StringComparison.Ordinal);
        Assert.Equal("documents=2 read=2 rejected=0 tools=2", first.Counts);
    }

    [Fact]
    public async Task RunAsync_DocumentMissingOrAltered_SaysWhich()
    {
        var store = new MemoryStore();
        var sha256 = new string('a', 64);
        var run = new StepRun("key", new ImportToolsSettings([sha256], new ToolSettings()), [], "steps/tools.import/key/", store);

        var missing = await Assert.ThrowsAsync<StoreException>(() => new ImportToolsStep().RunAsync(run, CancellationToken.None));
        await store.TryCreateTextAsync(DocumentUpload.ArtifactOf(sha256), "other", CancellationToken.None);
        var altered = await Assert.ThrowsAsync<StoreException>(() => new ImportToolsStep().RunAsync(run, CancellationToken.None));

        Assert.Contains(sha256, missing.Message, StringComparison.Ordinal);
        Assert.Contains(sha256, altered.Message, StringComparison.Ordinal);
        Assert.NotEqual(missing.Message, altered.Message);
    }

    private async Task<(string Tools, string Report, string Counts)> RunAsync(string weather, string time)
    {
        var files = new[] { (weather, "get_weather"), (time, "get_time") };
        foreach (var (file, tool) in files)
        {
            var text = $$"""[{"type":"function","name":"{{tool}}","description":"Gets it for a city","parameters":{"type":"object","properties":{"city_{{tool}}":{"type":"string"} } } }]""";
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, file), text);
        }

        var store = new MemoryStore();
        var located = SourceLocator.Locate(files.Select(f => f.Item1), folder.FullName);
        var documents = await DocumentUpload.StoreAsync(store, located.Files, CancellationToken.None);
        Assert.Equal([weather, time], documents.Select(d => d.Name).OrderBy(n => n == time));
        var step = new ImportToolsStep();
        var settings = step.SelectSettings(new CampaignIdentity { Documents = [.. documents.Select(d => d.Sha256).Order(StringComparer.Ordinal)] });
        var result = await step.RunAsync(new StepRun("key", settings, [], "steps/tools.import/key/", store), CancellationToken.None);
        Assert.Equal("steps/tools.import/key/tools.jsonl", result.Output);
        return (
            await store.ReadTextAsync(result.Output, CancellationToken.None),
            await store.ReadTextAsync("steps/tools.import/key/report.json", CancellationToken.None),
            string.Join(' ', result.Counts.Select(c => $"{c.Key}={c.Value}")));
    }

    private void Write(params string[] names)
    {
        foreach (var name in names)
        {
            var path = Path.Combine(folder.FullName, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "{}");
        }
    }

    private sealed class MemoryStore : IArtifactStore
    {
        private readonly SortedDictionary<string, byte[]> blobs = new(StringComparer.Ordinal);

        public async Task<bool> TryCreateAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
        {
            ArtifactName.Check(name);
            if (blobs.ContainsKey(name))
            {
                return false;
            }

            using var content = new MemoryStream();
            await write(content, cancellationToken);
            blobs[name] = content.ToArray();
            return true;
        }

        public Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken) =>
            Task.FromResult<Stream?>(blobs.TryGetValue(name, out var bytes) ? new MemoryStream(bytes) : null);

        public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) => Task.FromResult(blobs.ContainsKey(name));

        public Task DeleteAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException("nothing here deletes");

        public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) =>
            blobs.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ToArray().ToAsyncEnumerable();
    }
}
