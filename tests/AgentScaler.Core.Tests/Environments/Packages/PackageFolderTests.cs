using System.Text;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;
using AgentScaler.Core.Tests.Environments.Engine;

namespace AgentScaler.Core.Tests.Environments.Packages;

public sealed class PackageFolderTests
{
    private readonly MemoryArtifacts store = new();

    [Fact]
    public async Task ReadAsync_WhatWasWritten_IsTheSamePackage()
    {
        var package = Library.Package(4) with { KeepChangesOnError = true };

        await PackageFolder.WriteAsync(store, "steps/a/package/", package);
        var read = await PackageFolder.ReadAsync(store, "steps/a/package/");

        Assert.Equal(CanonicalJson.Serialize(package), CanonicalJson.Serialize(read));
        Assert.Equal(LoadedEnvironment.Load(package).StateHash, LoadedEnvironment.Load(read).StateHash);
    }

    [Fact]
    public async Task WriteAsync_Twice_WritesTheSameBytes()
    {
        await PackageFolder.WriteAsync(store, "one/", Library.Package());
        await PackageFolder.WriteAsync(store, "two/", Library.Package());

        Assert.Equal(Under("one/"), Under("two/"));
        Assert.Equal(
            ["manifest.json", "policy.md", "programs/delete_book.js", "programs/get_book.js"], Under("one/").Select(file => file.Name).Take(4));
        Assert.Equal(Library.GetBook, Encoding.UTF8.GetString(store.Blobs["one/programs/get_book.js"]));

        (string Name, string Text)[] Under(string prefix) => [.. store.Blobs
            .Where(blob => blob.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(blob => (blob.Key[prefix.Length..], Encoding.UTF8.GetString(blob.Value)))];
    }

    [Theory]
    [InlineData("manifest.json", "{", "manifest.json", "line 1")]
    [InlineData("manifest.json", null, "manifest.json", "whole file")]
    [InlineData("state.json", null, "state.json", "whole file")]
    [InlineData("programs/get_book.js", "function get_book() {}", "programs/get_book.js", "whole file")]
    [InlineData("policy.md", "\ufffd", "policy.md", "whole file")]
    public async Task ReadAsync_DamagedFile_NamesFileAndPlace(string file, string? content, string expectedFile, string expectedPlace)
    {
        await PackageFolder.WriteAsync(store, "p/", Library.Package());
        if (content is null)
        {
            store.Blobs.Remove("p/" + file);
        }
        else
        {
            store.Blobs["p/" + file] = Encoding.UTF8.GetBytes(content);
        }

        var e = await Assert.ThrowsAsync<PackageException>(() => PackageFolder.ReadAsync(store, "p/"));

        Assert.Equal(expectedFile, e.File);
        Assert.StartsWith(expectedPlace, e.Place, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tools.json", "\"writes\":true", "\"writes\":\"yes\"", "$[0].writes")]
    [InlineData("tools.json", "\"writes\":true", "\"writes\":true,\"colour\":1", "$[0].colour")]
    [InlineData("state.json", "\"key\":\"b2\"", "\"key\":\"b9\"", "$[1].row")]
    [InlineData("state.json", "\"collection\":\"books\"", "\"collection\":\"ghosts\"", "$[0].collection")]
    [InlineData("schema.json", "\"references\":\"books\"", "\"references\":\"ghosts\"", "$.collections[1].fields[1].references")]
    public async Task ReadAsync_WellHashedButWrong_NamesThePlace(string file, string old, string replacement, string place)
    {
        await PackageFolder.WriteAsync(store, "p/", Library.Package());
        var before = Encoding.UTF8.GetString(store.Blobs["p/" + file]);
        var after = new StringBuilder(before).Replace(old, replacement, before.IndexOf(old, StringComparison.Ordinal), old.Length).ToString();
        store.Blobs["p/" + file] = Encoding.UTF8.GetBytes(after);
        var manifest = Encoding.UTF8.GetString(store.Blobs["p/manifest.json"]);
        store.Blobs["p/manifest.json"] = Encoding.UTF8.GetBytes(manifest.Replace(Sha256Text.Of(before), Sha256Text.Of(after), StringComparison.Ordinal));

        var e = await Assert.ThrowsAsync<PackageException>(() => PackageFolder.ReadAsync(store, "p/"));

        Assert.Equal(file, e.File);
        Assert.Contains(place, e.Place, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_InvalidUtf8OrPathOutside_IsRefused()
    {
        await PackageFolder.WriteAsync(store, "p/", Library.Package());
        var manifest = Encoding.UTF8.GetString(store.Blobs["p/manifest.json"]);
        store.Blobs["p/manifest.json"] = Encoding.UTF8.GetBytes(manifest.Replace("\"policy.md\"", "\"../policy.md\"", StringComparison.Ordinal));
        Assert.Contains("no file name within a package", (await Assert.ThrowsAsync<PackageException>(() => PackageFolder.ReadAsync(store, "p/"))).Message, StringComparison.Ordinal);

        store.Blobs["p/manifest.json"] = [0xff, 0xfe];
        Assert.Equal("manifest.json", (await Assert.ThrowsAsync<PackageException>(() => PackageFolder.ReadAsync(store, "p/"))).File);
    }

    [Fact]
    public void Check_BrokenReferences_EachIsNamed()
    {
        var package = Library.Package();
        var book = package.State[0];
        var tool = package.Tools[0];
        (EnvironmentPackage Package, string Place)[] broken =
        [
            (package with { State = [.. package.State, book] }, "$[3].key"),
            (package with { State = [book with { Row = Library.Json("[]") }] }, "$[0].row"),
            (package with { State = [book with { Row = Library.Json("""{"title":"t"}""") }] }, "$[0].row"),
            (package with { State = [book with { Row = Library.Json("""{"book_id":"b1","x":1e400}""") }] }, "$[0].row"),
            (package with { Tools = [tool, tool] }, "$[1].spec.name"),
            (package with { Tools = [tool with { Program = " " }] }, "line 1"),
            (package with { Tools = [tool with { Binding = tool.Binding with { Collection = "ghosts" } }] }, "$[0].binding.collection"),
            (package with { Schema = new EnvironmentSchema([package.Schema.Collections[0] with { Name = "no name" }]) }, "$.collections[0].name"),
            (package with { Schema = new EnvironmentSchema([package.Schema.Collections[0] with { Key = "isbn" }]) }, "$.collections[0].key"),
        ];

        Assert.Equal(broken.Select(b => b.Place), broken.Select(b => Assert.Throws<PackageException>(() => PackageCheck.Check(b.Package)).Place));
    }
}
