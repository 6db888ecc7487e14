using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Packages;
using AgentScaler.Graphs;

namespace AgentScaler.Core.Tests.Environments.Materialisation;

public sealed class SchemaBuilderTests
{
    private const string Journey = """{"journey-id":{"type":"string"}}""";

    [Fact]
    public void Build_SeveralTools_GivesOneCollectionAnEntity()
    {
        var schema = Materialise(Domains.Books).Schema;

        Assert.Equal(["books", "shelves"], schema.Collections.Select(collection => collection.Name));
        var books = schema.Find("books")!;
        Assert.Equal(("book", "book_id", "title"), (books.Entity, books.Key, books.Label));
        Assert.Equal(["book_id", "title", "pages", "price", "status", "added_at", "shelf_id"], books.Fields.Select(field => field.Name));
        Assert.Equal("shelves", books.Fields.Single(field => field.Name == "shelf_id").References);
    }

    [Fact]
    public void Build_ParametersBeyondTheRow_BecomeFields()
    {
        var domain = Domains.Of(
            Domains.Tool("get_pet", null, null, """{"pet_id":{"type":"integer"}}""", ["pet_id"], """{"type":"object","properties":{"pet_id":{"type":"integer"},"name":{"type":"string"}}}"""),
            Domains.Tool("create_pet", null, null, """{"name":{"type":"string"},"weight":{"type":"number"},"new_owner":{"type":"string"}}""", ["weight"], null));

        var pets = Materialise(domain).Schema.Find("pets")!;

        Assert.Equal(["pet_id", "name", "weight", "new_owner"], pets.Fields.Select(field => field.Name));
        Assert.Equal("integer", pets.Fields[0].Type.GetProperty("type").GetString());
        Assert.True(pets.Fields.Single(field => field.Name == "weight").Required);
    }

    [Fact]
    public void Build_PathParentWithoutACollection_IsAFieldThatPlacesRows()
    {
        var domain = Domains.Of(
            Domains.Tool("list_notes", "GET", "/files/{id}/notes", """{"id":{"type":"string"}}""", ["id"], """{"type":"array","items":{"type":"object","properties":{"id":{"type":"string"},"text":{"type":"string"}}}}"""),
            Domains.Tool("get_note", "GET", "/notes/{id}", """{"id":{"type":"string"}}""", ["id"], """{"type":"object","properties":{"id":{"type":"string"},"text":{"type":"string"}}}"""));

        var package = Materialise(domain);

        var notes = package.Schema.Find("notes")!;
        Assert.Equal("id", notes.Key);
        Assert.Contains(notes.Fields, field => field.Name == "file_id" && field.References is null && field.Required);
        Assert.Equal("file_id", package.Tools.Single(tool => tool.Name == "list_notes").Binding.Fields["id"]);
        Assert.InRange(package.State.Select(row => row.Row.GetProperty("file_id").GetString()).Distinct().Count(), 1, 5);
    }

    [Fact]
    public void Build_PathSaysWhatAFieldRefersTo_CountsBeforeTheEndOfItsName()
    {
        const string User = """{"type":"object","properties":{"userId":{"type":"string"},"clientAccountId":{"type":"string"},"email":{"type":"string"}}}""";
        var schema = Materialise(Domains.Of(
            Domains.Tool("get_account", "GET", "/accounts/{accountId}", """{"accountId":{"type":"string"}}""", ["accountId"], """{"type":"object","properties":{"accountId":{"type":"string"},"name":{"type":"string"}}}"""),
            Domains.Tool("get_client", "GET", "/accounts/{accountId}/clients/{clientAccountId}", """{"accountId":{"type":"string"},"clientAccountId":{"type":"string"}}""", ["accountId", "clientAccountId"], """{"type":"object","properties":{"clientAccountId":{"type":"string"},"name":{"type":"string"}}}"""),
            Domains.Tool("get_user", "GET", "/accounts/{accountId}/clients/{clientAccountId}/users/{userId}", """{"accountId":{"type":"string"},"clientAccountId":{"type":"string"},"userId":{"type":"string"}}""", ["accountId", "clientAccountId", "userId"], User))).Schema;

        var fields = schema.Find("users")!.Fields;
        Assert.Equal("clients", fields.Single(field => field.Name == "clientAccountId").References);
        Assert.Equal("accounts", fields.Single(field => field.Name == "accountId").References);
    }

    [Fact]
    public void Build_EntityCutShortInPaths_IsTheOneThatFieldsNameInFull()
    {
        var schema = Materialise(Domains.Of(
            Domains.Tool("get_app", "GET", "/apps/{application-id}", """{"application-id":{"type":"string"}}""", ["application-id"], """{"type":"object","properties":{"Id":{"type":"string"},"Name":{"type":"string"}}}"""),
            Domains.Tool("get_journey", "GET", "/journeys/{journey-id}", """{"journey-id":{"type":"string"}}""", ["journey-id"], """{"type":"object","properties":{"Id":{"type":"string"},"Name":{"type":"string"},"ApplicationId":{"type":"string"}}}"""))).Schema;

        Assert.Equal("apps", schema.Find("journeys")!.Fields.Single(field => field.Name == "ApplicationId").References);
    }

    [Theory]
    [InlineData("""{"Id":{"type":"string"},"Name":{"type":"string"}}""", true)]
    [InlineData("""{"Id":{"type":"integer"},"Name":{"type":"string"}}""", false)]
    [InlineData("""{"Id":{"type":"string"},"JourneyId":{"type":"string"},"Name":{"type":"string"}}""", false)]
    public void Materialise_IdThatOthersCallByTheEntity_IsTheKeyByEitherName(string shown, bool isKey)
    {
        var package = Materialise(Domains.Of(
            Domains.Tool("get_journey", "GET", "/journeys/{journey-id}", Journey, ["journey-id"], $$"""{"type":"object","properties":{{shown}}}"""),
            Domains.Tool("create_journey", "POST", "/journeys", """{"Name":{"type":"string"}}""", ["Name"], $$"""{"type":"object","properties":{{shown}}}"""),
            Domains.Tool("update_journey", "PUT", "/journeys/{journey-id}", """{"journey-id":{"type":"string"},"State":{"type":"string"}}""", ["journey-id"], """{"type":"object","properties":{"JourneyId":{"type":"string"},"State":{"type":"string"}}}""")));

        var journeys = package.Schema.Find("journeys")!;
        Assert.Equal("JourneyId", journeys.Key);
        Assert.Equal(!isKey, journeys.Fields.Any(field => field.Name == "Id"));
        Assert.Equal(isKey ? "JourneyId" : "Id", package.Tools.Single(tool => tool.Name == "get_journey").Binding.ResultFields["Id"]);
    }

    [Fact]
    public void Materialise_NothingKnownButTheKey_LeavesWithAReason()
    {
        var domain = Domains.Of(
            Domains.Tool("get_charges", "GET", "/charges", "{}", [], """{"type":"array","items":{"type":"object","properties":{"id":{"type":"string"}}}}"""),
            Domains.Tool("post_charges", "POST", "/charges", "{}", [], """{"type":"object","properties":{"id":{"type":"string"}}}"""));

        var package = new EmbeddedMaterialiser(new EnvironmentSettings()).Materialise(domain, Seed.Root(1), out var rejected);

        Assert.Null(package);
        Assert.Equal(["program.none", "program.none"], rejected.Select(tool => tool.Reason));
    }

    [Fact]
    public void Materialise_WritesThePolicyOfWhatProgramsEnforce()
    {
        var policy = Materialise(Domains.Books).Policy + Materialise(Domains.Orders).Policy;

        Assert.Contains("**books**, each known by its `book_id`; `shelf_id` refers to shelves", policy, StringComparison.Ordinal);
        Assert.Contains("Shelves that books refer to can't be deleted.", policy, StringComparison.Ordinal);
        Assert.Contains("To cancel an order, it must be open; it is then cancelled.", policy, StringComparison.Ordinal);
        Assert.Contains("2025-06-16 09:00 UTC", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"name":{"type":"string"},"done":{"type":"boolean"},"error":{"type":"object","properties":{"code":{"type":"integer"}}},"response":{"type":"object"}}}""")]
    [InlineData("""{"type":"object","properties":{"data":{"type":"object","properties":{"title":{"type":"string"}}},"meta":{"type":"object"},"links":{"type":"object"},"errors":{"type":"array"}}}""")]
    public void Build_ResultInAnEnvelope_TakesNoFieldsFromIt(string returns)
    {
        var schema = Materialise(Domains.Of(
            Domains.Tool("create_ticket", "POST", "/tickets", """{"title":{"type":"string"}}""", ["title"], returns),
            Domains.Tool("get_ticket", "GET", "/tickets/{ticket_id}", """{"ticket_id":{"type":"string"}}""", ["ticket_id"], null))).Schema;

        Assert.DoesNotContain(schema.Find("tickets")!.Fields, field => field.Name is "done" or "error" or "response" or "meta" or "links" or "errors" or "data");
        Assert.Contains(schema.Find("tickets")!.Fields, field => field.Name == "title");
    }

    internal static EnvironmentPackage Materialise(Domain domain) =>
        new EmbeddedMaterialiser(new EnvironmentSettings()).Materialise(domain, Seed.Root(1), out _)!;
}
