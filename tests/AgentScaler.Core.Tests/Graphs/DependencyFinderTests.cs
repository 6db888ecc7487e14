using AgentScaler.Graphs;
using AgentScaler.Tools;

namespace AgentScaler.Core.Tests.Graphs;

public sealed class DependencyFinderTests
{
    private const string Book = """{"type":"object","properties":{"id":{"type":"string"},"title":{"type":"string"},"name":{"type":"string"},"status":{"type":"string"}}}""";

    [Theory]
    [InlineData("get_copy(book_id)", "book_id")]
    [InlineData("get_copy(bookId)", "bookId")]
    [InlineData("get_copy(BookSid)", "BookSid")]
    [InlineData("get_copy(bookid)", "bookid")]
    [InlineData("DELETE /books/{id} drop_it(id)", "id")]
    [InlineData("GET /books/{uuid}/pages get_pages(uuid)", "uuid")]
    [InlineData("GET /books/{book} get_it(book)", "book")]
    [InlineData("get_copy(book_id:untyped)", "book_id")]
    public void Find_IdOfAnEntity_FeedsParametersThatNameIt(string consumer, string parameter)
    {
        var edges = Find(TestTools.Tool("GET /books/latest latest_book(genre)", Book), TestTools.Tool(consumer));

        Assert.Contains(edges, edge => edge.Producer == "latest_book" && edge.OutputField == "id" && edge.Parameter == parameter && edge.Similarity == 1);
    }

    [Theory]
    [InlineData("get_copy(member_id)")]
    [InlineData("get_copy(id)")]
    [InlineData("get_copy(name, title, status, description)")]
    [InlineData("get_copy(book_id:integer)")]
    [InlineData("get_copy(book_id:array)")]
    [InlineData("get_copy(book_id:enum)")]
    [InlineData("get_copy(book_id:boilerplate)")]
    [InlineData("get_copy(book_status)")]
    [InlineData("get_copy(book_group_id)")]
    public void Find_WhatIdentifiesNoBook_IsNotFed(string consumer) =>
        Assert.DoesNotContain(Find(TestTools.Tool("get_book(isbn)", Book), TestTools.Tool(consumer)), edge => edge.Producer == "get_book");

    [Fact]
    public void Find_NestedResult_GivesThePathOfTheBestField()
    {
        const string Returns = """
            {"type":"object","properties":{"total":{"type":"integer"},"items":{"type":"array","items":{"type":"object","properties":{
              "id":{"type":"string"},"borrower":{"type":"object","properties":{"id":{"type":"string"}}},"book_ids":{"type":"array","items":{"type":"string"}}}}}}}
            """;

        var edges = Find(
            TestTools.Tool("list_loans(status)", Returns),
            TestTools.Tool("get_loan(loan_id)"),
            TestTools.Tool("get_borrower(borrower_id)"),
            TestTools.Tool("get_book(book_id)"));

        Assert.Equal(
            [("items[].book_ids[]", "get_book"), ("items[].borrower.id", "get_borrower"), ("items[].id", "get_loan")],
            edges.Where(edge => edge.Producer == "list_loans").Select(edge => (edge.OutputField, edge.Consumer)));
    }

    [Fact]
    public void Find_ResultOfAlternatives_IsReadInAllBranches()
    {
        const string Returns = """{"oneOf":[{"type":"array","items":{"allOf":[{"properties":{"id":{"type":["string","null"]}}}]}},{"type":"string"}]}""";

        var edges = Find(TestTools.Tool("list_loans(status)", Returns), TestTools.Tool("get_loan(loan_id)"));

        Assert.Contains(edges, edge => edge is { OutputField: "[].id", Consumer: "get_loan" });
    }

    [Fact]
    public void Find_FieldsBelowDepthThree_AreNotOffered()
    {
        const string Deep = """
            {"properties":{"a":{"properties":{"b":{"properties":{"c":{"properties":{"loan_id":{"type":"string"},"d":{"properties":{"book_id":{"type":"string"}}}}}}}}}}}
            """;

        var edges = Find(TestTools.Tool("probe(x)", Deep), TestTools.Tool("get_loan(loan_id)"), TestTools.Tool("get_book(book_id)"));

        Assert.Equal(["a.b.c.loan_id"], edges.Where(edge => edge.Producer == "probe").Select(edge => edge.OutputField));
    }

    [Theory]
    [InlineData("create_loan(book_id)", "loan_id")]
    [InlineData("search_loans(status)", "loan_id")]
    [InlineData("POST /loans add(book_id)", "loan_id")]
    public void Find_NoDeclaredResult_IsInferredFromWhatTheToolDoes(string producer, string field)
    {
        var edges = Find(TestTools.Tool(producer), TestTools.Tool("POST /loans/{id}/renew renew_loan(id)"));

        Assert.Contains(edges, edge => edge.OutputField == field && edge is { Consumer: "renew_loan", Parameter: "id" });
    }

    [Fact]
    public void Find_NoDeclaredResult_OffersTheNaturalKeyByWhichOthersAskForTheThing()
    {
        var edges = Find(TestTools.Tool("search_products(query)"), TestTools.Tool("get_product(sku)"));

        Assert.Contains(edges, edge => edge is { Producer: "search_products", OutputField: "sku", Consumer: "get_product" });
    }

    [Fact]
    public void Find_NewValuesOfAWrite_ComeFromNowhere()
    {
        const string Member = """{"properties":{"member_id":{"type":"string"},"email":{"type":"string"},"member_code":{"type":"string"}}}""";

        var edges = Find(
            TestTools.Tool("get_member(member_id)", Member),
            TestTools.Tool("create_member(member_id, email, member_code)"),
            TestTools.Tool("update_member(member_id, email, member_code)"),
            TestTools.Tool("find_member(email)"));

        Assert.Equal(
            [("find_member", "email"), ("update_member", "member_id")],
            edges.Where(edge => edge.Producer == "get_member").Select(edge => (edge.Consumer, edge.Parameter)));
    }

    [Fact]
    public void Find_DeletedThing_IsNotOfferedAnyMore()
    {
        const string Loan = """{"properties":{"loan_id":{"type":"string"},"book_id":{"type":"string"}}}""";

        var edges = Find(TestTools.Tool("delete_loan(loan_id)", Loan), TestTools.Tool("get_loan(loan_id)"), TestTools.Tool("get_book(book_id)"));

        Assert.Equal(["get_book"], edges.Where(edge => edge.Producer == "delete_loan").Select(edge => edge.Consumer));
    }

    [Fact]
    public void Find_RolesOfAnEntity_AreFedWithLessSimilarity()
    {
        const string Account = """{"properties":{"account_id":{"type":"string"}}}""";
        var tools = new[] { TestTools.Tool("get_account(account_id)", Account), TestTools.Tool("wire(source_account_id, amount)") };

        var edge = Assert.Single(DependencyFinder.Find(tools, 0.4), edge => edge.Consumer == "wire");

        Assert.InRange(edge.Similarity, 0.5, 0.9);
        Assert.DoesNotContain(DependencyFinder.Find(tools, edge.Similarity), other => other.Consumer == "wire");
    }

    [Fact]
    public void Find_KeysThatOnePathTakesBoth_AreDifferentThings()
    {
        const string Client = """{"properties":{"client_account_id":{"type":"string"}}}""";
        var list = TestTools.Tool("GET /accounts/{account_id}/reports list_reports(account_id)");
        var get = TestTools.Tool("GET /accounts/{account_id}/clients/{client_account_id} get_client(account_id, client_account_id)", Client);

        Assert.DoesNotContain(Find(get, list), edge => edge.Producer == "get_client" && edge.Consumer == "list_reports");
        Assert.Contains(Find(TestTools.Tool("find_client(email)", Client), list), edge => edge.Producer == "find_client" && edge.Parameter == "account_id");
    }

    [Fact]
    public void Find_QualifiersThatContradict_AreDifferentThings() => Assert.DoesNotContain(
        Find(
            TestTools.Tool("get_storage_policy(storage_policy_id)", """{"properties":{"storage_policy_id":{"type":"string"}}}"""),
            TestTools.Tool("get_retention_policy(retention_policy_id)")),
        edge => edge.Producer == "get_storage_policy");

    [Fact]
    public void Find_IntegerId_FitsNumberButNotText()
    {
        var producer = TestTools.Tool("list_loans(status)", """{"items":{"properties":{"id":{"type":"integer"}}}}""");

        var edges = Find(producer, TestTools.Tool("a_loan(loan_id:integer)"), TestTools.Tool("b_loan(loan_id:number)"), TestTools.Tool("c_loan(loan_id)"));

        Assert.Equal(["a_loan", "b_loan"], edges.Where(edge => edge.Producer == "list_loans").Select(edge => edge.Consumer));
    }

    [Fact]
    public void Find_EachKindOfEdge_CarriesItsEvidence()
    {
        var edges = Find(
            TestTools.Tool("list_books(author)", """{"items":{"properties":{"id":{"type":"string"}}}}"""),
            TestTools.Tool("get_loan(loan_id)", """{"properties":{"loan_id":{"type":"string"},"book_id":{"type":"string"},"member":{"properties":{"email":{"type":"string"}}}}}"""),
            TestTools.Tool("get_book(book_id)"),
            TestTools.Tool("search_shelves(text)"),
            TestTools.Tool("get_shelf(shelf_id)"),
            TestTools.Tool("send_invitation(email)"));

        DependencyEdge Edge(string producer, string consumer) => Assert.Single(edges, edge => edge.Producer == producer && edge.Consumer == consumer);
        Assert.Equal("list_books declares [].id, which get_book takes as book_id (id of book; both deal with it, 1)", Edge("list_books", "get_book").Evidence);
        Assert.Equal((DependencyKind.Reference, "id of book", true), (Edge("get_loan", "get_book").Kind, Edge("get_loan", "get_book").Identifies, Edge("get_loan", "get_book").IsDeclared));
        Assert.Equal((DependencyKind.Entity, false), (Edge("search_shelves", "get_shelf").Kind, Edge("search_shelves", "get_shelf").IsDeclared));
        Assert.Equal((DependencyKind.NaturalKey, true), (Edge("get_loan", "send_invitation").Kind, Edge("get_loan", "send_invitation").IsDeclared));
    }

    [Fact]
    public void Find_KeysOfAnotherProvider_CountLessAndOnlyWhereDeclared()
    {
        static ToolSpec Of(ToolSpec tool, string provider) => tool with { Source = tool.Source with { Provider = provider } };
        var declared = TestTools.Tool("list_books(author)", """{"items":{"properties":{"id":{"type":"string"}}}}""");
        var named = TestTools.Tool("search_books(text)");
        var wanted = TestTools.Tool("get_book(book_id)");

        Assert.Equal([1.0, 1.0], Find(declared, named, wanted).Where(edge => edge.Consumer == "get_book").Select(edge => edge.Similarity));
        var across = Assert.Single(Find(declared, named, Of(wanted, "Another library")));
        Assert.Equal(("list_books", 0.6), (across.Producer, across.Similarity));
    }

    [Fact]
    public void Entity_VersionSegments_AreNoThings() => Assert.Equal(
        ["book"], ToolReading.Entity(TestTools.Tool("resume(name)") with { Path = "/v2alpha/books/{name}", Method = "POST" }));

    private static IReadOnlyList<DependencyEdge> Find(params ToolSpec[] tools) => DependencyFinder.Find(tools, new GraphSettings().DependencyThreshold);
}
