using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text;
using AgentScaler.Campaigns;
using AgentScaler.Funnel;
using AgentScaler.Json;

namespace AgentScaler.Core.Tests.Campaigns;

public sealed class CampaignReaderTests
{
    [Fact]
    public void Read_EmptyObject_IsAllDefaults() =>
        Assert.Equal(CanonicalJson.Serialize(new CampaignDocument()), CanonicalJson.Serialize(CampaignReader.Read("{}", "c.json")));

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var document = new CampaignDocument
        {
            Identity = new CampaignIdentity { Seed = -7, Documents = ["ab"], Funnel = new FunnelSettings { Match = MatchMode.UnorderedReads } },
            Operations = new CampaignOperations { Sources = ["a", "b/*.json"], Parallelism = 3, DocumentNames = { ["ab"] = "näme.json" } },
        };
        var text = CanonicalJson.Serialize(document);
        Assert.Equal(text, CanonicalJson.Serialize(CampaignReader.Read(text, "c.json")));
        using var stream = new MemoryStream([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)]);
        Assert.Equal(text, CanonicalJson.Serialize(CampaignReader.Read(stream, "c.json")));
    }

    [Fact]
    public void Read_SettingsOfPhases_AreNoPartOfTheIdentity()
    {
        var campaign = CampaignReader.Read("""{"operations":{"phases":{"targets":["books-borrowers"],"verticalLearningRate":0.2}}}""", "campaign.json");
        Assert.Equal(("books-borrowers", 0.2), (campaign.Operations.Phases!.Targets[0], campaign.Operations.Phases.VerticalLearningRate));
        Assert.Equal(CampaignStore.HashOf(new CampaignDocument().Identity), CampaignStore.HashOf(campaign.Identity));
        Assert.Throws<CampaignException>(() => CampaignReader.Read("""{"operations":{"phases":{"replayShare":0.9}}}""", "campaign.json"));
    }

    [Fact]
    public void Read_ManyMistakes_NamesThemAllInOrder()
    {
        var thrown = Assert.Throws<CampaignException>(() => CampaignReader.Read(
            """
            {
              "identity": {
                "seed": "one",
                "documents": ["a", 5],
                "tools": { "minimumDescription": 1001, "boilerplateShare": "half", "minDescription": 3 },
                "graph": { "threshold": -0.1, "resolution": 0, "pageSize": 10.5 },
                "environment": { "now": "2025-06-16T09:00:00", "minimumRows": 30 },
                "tasks": [],
                "episodes": null,
                "funnel": { "match": "loose" },
                "dataset": { "name": "" },
                "a b'c": 1
              },
              "operations": { "parallelism": 257, "parallelism": 1, "documentNames": { "ab": {} } },
              "extra": true
            }
            """,
            "dir/c.json"));
        Assert.Equal(
            [
                ("$.identity.seed", "\"one\"", "a whole number"),
                ("$.identity.documents[1]", "5", "a text"),
                ("$.identity.tools.minimumDescription", "1001", "a whole number from 0 to 1000"),
                ("$.identity.tools.boilerplateShare", "\"half\"", "a number from 0 to 1"),
                ("$.identity.tools.minDescription", "an unknown member", "one of minimumDescription, maximumParameters, licences, minimumQuality, requireReturns, boilerplateShare"),
                ("$.identity.graph.threshold", "-0.1", "a number from 0 to 1"),
                ("$.identity.graph.resolution", "0", "a number above 0"),
                ("$.identity.graph.pageSize", "10.5", "a whole number from 1 to 100"),
                ("$.identity.environment.now", "\"2025-06-16T09:00:00\"", "a time with its offset, such as \"2025-06-16T09:00:00+00:00\""),
                ("$.identity.environment.minimumRows", "30", "no more than maximumRows, which is 24"),
                ("$.identity.tasks", "an array", "an object"),
                ("$.identity.episodes", "null", "an object"),
                ("$.identity.funnel.match", "\"loose\"", "one of \"strict\", \"unordered-reads\", \"superset-reads\""),
                ("$.identity.dataset.name", "\"\"", "a text of 1-100 characters"),
                ("$.identity['a b\\'c']", "an unknown member", "one of documents, packages, seed, models, tools, graph, environment, tasks, episodes, funnel, dataset"),
                ("$.operations.parallelism", "the member a second time", "each member once"),
                ("$.operations.parallelism", "257", "a whole number from 0 to 256"),
                ("$.operations.documentNames.ab", "an object", "a text"),
                ("$.extra", "an unknown member", "one of identity, operations"),
            ],
            thrown.Errors.Select(error => (error.Place, error.Found, error.Expected)));
        Assert.Contains("dir/c.json, $.identity.seed: found \"one\", expected a whole number\n", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_QuotasThatCannotBeMetTogether_AreRefused()
    {
        var thrown = Assert.Throws<CampaignException>(() => CampaignReader.Read(
            """{ "identity": { "tasks": { "readOnlyShare": 0.8, "conditionalShare": 0.3, "languages": [] } } }""", "c.json"));
        Assert.Equal(
            [("$.identity.tasks.conditionalShare", "0.3", "no more than is left by readOnlyShare, which is 0.8"), ("$.identity.tasks.languages", "nothing", "at least one to draw from")],
            thrown.Errors.Select(error => (error.Place, error.Found, error.Expected)));
    }

    [Fact]
    public void Read_UnknownLocaleOrNone_IsRefusedWithWhatIsKnown()
    {
        CampaignError Refused(string locales) =>
            Assert.Single(Assert.Throws<CampaignException>(() => CampaignReader.Read($$"""{ "identity": { "environment": { "locales": [{{locales}}] } } }""", "c.json")).Errors);

        var unknown = Refused("\"zh-CN\", \"xx\"");
        Assert.Equal(("$.identity.environment.locales[1]", "\"xx\""), (unknown.Place, unknown.Found));
        Assert.Contains("pt-BR", unknown.Expected, StringComparison.Ordinal);
        Assert.Equal("$.identity.environment.locales", Refused("").Place);
    }

    [Fact]
    public void Read_MoreCallsAtLeastThanAtMost_IsRefused()
    {
        var thrown = Assert.Throws<CampaignException>(() => CampaignReader.Read("""{ "identity": { "tasks": { "minimumCalls": 8, "maximumCalls": 5 } } }""", "c.json"));

        Assert.Equal(new CampaignError("$.identity.tasks.minimumCalls", "8", "no more than maximumCalls, which is 5"), Assert.Single(thrown.Errors));
    }

    [Theory]
    [InlineData("de", false)]
    [InlineData("zh-CN", true)]
    [InlineData("en", true)]
    public void Read_LanguageThatOnlyAModelHas_IsRefusedWithoutOne(string language, bool known)
    {
        string Document(string models) => $$"""{ "identity": { "tasks": { "languages": ["{{language}}"] }, "models": { {{models}} } } }""";

        Assert.NotNull(CampaignReader.Read(Document("\"builder\": { \"model\": \"m\" }"), "c.json"));
        var error = known ? null : Assert.Single(Assert.Throws<CampaignException>(() => CampaignReader.Read(Document(""), "c.json")).Errors).Place;
        Assert.Equal(known ? null : "$.identity.tasks.languages[0]", error);
        Assert.True(!known || CampaignReader.Read(Document(""), "c.json") is not null);
    }

    [Fact]
    public void Read_ModelsThatCannotBe_NamesThemAll()
    {
        var thrown = Assert.Throws<CampaignException>(() => CampaignReader.Read(
            """
            {
              "identity": { "models": { "user": { "model": "m", "temperature": 3 }, "judge": { "reasoning": "hard" } } },
              "operations": { "models": { "endpoints": { "agnet": { "address": "localhost:1" } }, "budget": { "usd": -1 }, "replies": "sometimes" } }
            }
            """,
            "c.json"));
        Assert.Equal(
            [
                ("$.identity.models.user.temperature", "3", "a number from 0 to 2"),
                ("$.identity.models.judge.reasoning", "\"hard\"", "one of \"none\", \"minimal\", \"low\", \"medium\", \"high\""),
                ("$.operations.models.endpoints.agnet.address", "\"localhost:1\"", "an address, such as \"http://localhost:8000/v1\""),
                ("$.operations.models.budget.usd", "-1", "a number from 0 to 1000000000"),
                ("$.operations.models.replies", "\"sometimes\"", "one of \"cache\", \"replay\", \"off\""),
            ],
            thrown.Errors.Select(error => (error.Place, error.Found, error.Expected)));
        var roles = Assert.Throws<CampaignException>(() => CampaignReader.Read(
            """{ "identity": { "models": { "user": { "model": "m" } } }, "operations": { "models": { "endpoints": { "agnet": {} } } } }""", "c.json"));
        Assert.Equal(["$.identity.models.user", "$.operations.models.endpoints.agnet"], roles.Errors.Select(error => error.Place));
    }

    [Theory]
    [InlineData("", "line 1, column 1")]
    [InlineData("{\n  \"identity\": {\n    \"seed\": 1", "line 3, column 14")]
    [InlineData("{\n  // comment\n}", "line 2, column 3")]
    [InlineData("{ \"identity\": {}, }", "line 1, column 19")]
    [InlineData("{} {}", "line 1, column 4")]
    [InlineData("{'identity': {}}", "line 1, column 2")]
    public void Read_NoJson_NamesLineAndColumn(string text, string place)
    {
        var error = Assert.Single(Assert.Throws<CampaignException>(() => CampaignReader.Read(text, "c.json")).Errors);
        Assert.Equal(place, error.Place);
        Assert.Equal("a JSON document without comments and trailing commas", error.Expected);
        Assert.StartsWith("no valid JSON (", error.Found, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", error.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "an array")]
    [InlineData("null", "null")]
    [InlineData("7", "7")]
    public void Read_NoObject_IsAnErrorAtTheRoot(string text, string found)
    {
        var error = Assert.Single(Assert.Throws<CampaignException>(() => CampaignReader.Read(text, "c.json")).Errors);
        Assert.Equal(new CampaignError("$", found, "an object"), error);
    }

    [Fact]
    public void Read_HostileText_IsAnErrorAndNothingElse()
    {
        string[] texts =
        [
            new string('[', 100_000),
            string.Concat(Enumerable.Repeat("{\"identity\":", 300)) + "1" + new string('}', 300),
            """{"identity":{"\ud800":1}}""",
            """{"identity":{"dataset":{"name":"\ud800"}}}""",
            """{"identity":{"graph":{"threshold":1e999,"resolution":1e999,"minimumTools":99999999999999999999}}}""",
            """{"identity":{"seed":9223372036854775808}}""",
        ];
        foreach (var text in texts)
        {
            Assert.NotEmpty(Assert.Throws<CampaignException>(() => CampaignReader.Read(text, "c.json")).Errors);
        }
    }

    [Fact]
    public void Read_AnotherEncoding_SaysUtf8()
    {
        using var utf16 = new MemoryStream([0xff, 0xfe, .. Encoding.Unicode.GetBytes("{}")]);
        var error = Assert.Single(Assert.Throws<CampaignException>(() => CampaignReader.Read(utf16, "c.json")).Errors);
        Assert.Contains("UTF-8", error.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BoundsOfRanges_AreTaken()
    {
        var document = CampaignReader.Read(
            """{"identity":{"graph":{"threshold":1,"minimumTools":100,"maximumTools":100,"attachThreshold":0.0},"environment":{"now":"2025-01-01T00:00:00Z"}}}""", "c.json");
        Assert.Equal(1.0, document.Identity.Graph.Threshold);
        Assert.Equal(100, document.Identity.Graph.MinimumTools);
    }

    [Fact]
    public void Settings_EveryNumberButTheSeed_HasARangeThatHoldsItsDefault()
    {
        var unbounded = new List<string>();
        Visit(typeof(CampaignDocument), new CampaignDocument());
        Assert.Equal(["CampaignIdentity.Seed"], unbounded);

        void Visit(Type type, object settings)
        {
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                var value = property.GetValue(settings);
                if (Nullable.GetUnderlyingType(property.PropertyType) is { IsPrimitive: true } number && number != typeof(bool))
                {
                    // Left out by default; a value must be bounded all the same.
                    Assert.True(property.GetCustomAttribute<RangeAttribute>() is not null, $"{type.Name}.{property.Name}");
                }

                if (value is int or long or double)
                {
                    if (property.GetCustomAttribute<RangeAttribute>() is { } range)
                    {
                        Assert.True(range.IsValid(value), property.Name);
                    }
                    else
                    {
                        unbounded.Add($"{type.Name}.{property.Name}");
                    }
                }
                else if (value is not (string or IEnumerable) && property.PropertyType.Namespace!.StartsWith("AgentScaler", StringComparison.Ordinal) && !property.PropertyType.IsEnum)
                {
                    Visit(property.PropertyType, value ?? Activator.CreateInstance(property.PropertyType)!);
                }
            }
        }
    }
}
