using System.Text.Json;
using AgentScaler.Core.Tests.Environments;
using AgentScaler.Determinism;
using AgentScaler.Json;
using AgentScaler.Tasks.Verification;
using AgentScaler.Tasks.Verification.Operators;

namespace AgentScaler.Core.Tests.Tasks.Verification;

/// <summary>A wrong value is one that the tool would take.</summary>
public sealed class OtherValuesTests : LibraryTaskTests
{
    [Theory]
    [InlineData("title", """{"type":"string"}""", "\"Dune\"", "\"Dunex\"")]
    [InlineData("title", """{"type":"string","enum":["Dune","Emma"]}""", "\"Dune\"", "\"Emma\"")]
    [InlineData("title", """{"type":"string","enum":["Dune"]}""", "\"Dune\"", null)]
    [InlineData("title", """{"type":"string","maxLength":4}""", "\"Dune\"", "\"Emma\"")]
    [InlineData("title", """{"type":"string","maxLength":3}""", "\"Due\"", null)]
    [InlineData("book_id", """{"type":"string","pattern":"^book-[0-9]{3}$"}""", "\"book-101\"", "\"book-102\"")]
    [InlineData("book_id", """{"type":"string","format":"uuid"}""", "\"book-101\"", "\"book-102\"")]
    [InlineData("title", """{"type":"string","format":"date"}""", "\"2024-02-28\"", "\"2024-02-29\"")]
    [InlineData("title", """{"type":"string","format":"date-time"}""", "\"2024-12-31T23:30:00Z\"", "\"2025-01-01T23:30:00Z\"")]
    [InlineData("other", """{"type":"string","format":"email"}""", "\"a@b.example\"", null)]
    [InlineData("other", """{"type":"boolean"}""", "true", "false")]
    [InlineData("other", """{"type":"array","items":{"type":"string"}}""", """["a","b"]""", """["b"]""")]
    [InlineData("other", """{"type":"array","items":{"type":"string","enum":["a"]},"minItems":1}""", """["a"]""", null)]
    [InlineData("other", """{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}""", """{"a":"b"}""", null)]
    public void Of_Schema_GivesTheNearestValueThatItAllows(string parameter, string schema, string value, string? other)
    {
        var spec = Writing;
        var task = new AuditedTask(spec, Library.Package, () => Engine.Open(Library, new Seed(spec.Seed)), snapshot => Engine.Resume(Library, snapshot));
        var tool = Library.Package.Tools.Single(tool => tool.Name == "update_book");
        tool = tool with { Spec = tool.Spec with { Parameters = LibraryEnvironment.Json($$"""{"type":"object","properties":{"{{parameter}}":{{schema}} } }""") } };

        var found = OtherValues.Of(task, tool, parameter, LibraryEnvironment.Json(value)).Select(item => (JsonElement?)item).FirstOrDefault();

        Assert.Equal(other, found is { } first ? CanonicalJson.Write(first) : null);
    }
}
