using AgentScaler.Tools;

namespace AgentScaler.Core.Tests.Tools;

public sealed class WordsTests
{
    [Theory]
    [InlineData("getOrderItems", "get order items")]
    [InlineData("list_order_items", "list order items")]
    [InlineData("Order-Item.ID", "order item id")]
    [InlineData("HTTPServerURL", "http server url")]
    [InlineData("userIDs", "user ids")]
    [InlineData("URLsOfUser", "urls of user")]
    [InlineData("AccountSid", "account sid")]
    [InlineData("address2line", "address 2 line")]
    [InlineData("filter[created_at]", "filter created at")]
    [InlineData("GET /books/{book_id}", "get books book id")]
    [InlineData("__x__", "x")]
    [InlineData("", "")]
    [InlineData("ÉtatCivil", "état civil")]
    public void Tokens_OfIdentifier_AreItsLowerCaseWords(string identifier, string expected) =>
        Assert.Equal(expected, string.Join(' ', Words.Tokens(identifier)));

    [Theory]
    [InlineData("books", "book")]
    [InlineData("categories", "category")]
    [InlineData("boxes", "box")]
    [InlineData("branches", "branch")]
    [InlineData("classes", "class")]
    [InlineData("addresses", "address")]
    [InlineData("address", "address")]
    [InlineData("status", "status")]
    [InlineData("statuses", "status")]
    [InlineData("series", "series")]
    [InlineData("news", "news")]
    [InlineData("people", "person")]
    [InlineData("children", "child")]
    [InlineData("analyses", "analysis")]
    [InlineData("diagnosis", "diagnosis")]
    [InlineData("warehouses", "warehouse")]
    [InlineData("courses", "course")]
    [InlineData("responses", "response")]
    [InlineData("purchases", "purchase")]
    [InlineData("databases", "database")]
    [InlineData("knowledge_bases", "knowledge_base")]
    [InlineData("sizes", "size")]
    [InlineData("movies", "movie")]
    [InlineData("days", "day")]
    [InlineData("shelves", "shelf")]
    [InlineData("quizzes", "quiz")]
    [InlineData("caches", "cache")]
    [InlineData("bonuses", "bonus")]
    [InlineData("apis", "api")]
    [InlineData("ids", "id")]
    [InlineData("taxes", "tax")]
    [InlineData("leases", "lease")]
    [InlineData("invoices", "invoice")]
    [InlineData("order_items", "order_item")]
    [InlineData("data", "data")]
    [InlineData("sms", "sms")]
    [InlineData("campus", "campus")]
    [InlineData("heroes", "hero")]
    [InlineData("photos", "photo")]
    [InlineData("keys", "key")]
    [InlineData("", "")]
    [InlineData("s", "s")]
    public void Singular_OfNoun_IsOneOfIt(string noun, string expected) => Assert.Equal(expected, Words.Singular(noun));

    [Theory]
    [InlineData("book", "books")]
    [InlineData("category", "categories")]
    [InlineData("day", "days")]
    [InlineData("address", "addresses")]
    [InlineData("status", "statuses")]
    [InlineData("box", "boxes")]
    [InlineData("branch", "branches")]
    [InlineData("person", "people")]
    [InlineData("series", "series")]
    [InlineData("analysis", "analyses")]
    [InlineData("class", "classes")]
    [InlineData("order_item", "order_items")]
    [InlineData("books", "books")]
    [InlineData("quiz", "quizzes")]
    [InlineData("news", "news")]
    public void Plural_OfNoun_IsManyOfIt(string noun, string expected) => Assert.Equal(expected, Words.Plural(noun));

    [Fact]
    public void Singular_OfPlural_GivesTheNounBack()
    {
        string[] nouns =
        [
            "account", "address", "agency", "alias", "analysis", "appointment", "batch", "bonus", "booking", "branch", "bus", "business", "campus",
            "case", "category", "city", "class", "cookie", "country", "course", "course", "criterion", "customer", "day", "device", "diagnosis", "dish",
            "doctor", "employee", "expense", "fee", "gym", "holiday", "hotel", "house", "index", "invoice", "key", "lens", "license", "loan", "match",
            "member", "menu", "movie", "nurse", "page", "payment", "person", "phase", "photo", "policy", "price", "process", "purchase", "quiz", "reply",
            "response", "room", "route", "shelf", "size", "sku", "status", "survey", "tax", "ticket", "vehicle", "virus", "visa", "warehouse", "witness",
        ];
        Assert.All(nouns, noun => Assert.Equal(noun, Words.Singular(Words.Plural(noun))));
    }

    [Theory]
    [InlineData("list_order_items", "order item")]
    [InlineData("get_book", "book")]
    [InlineData("book_room", "room")]
    [InlineData("search", "search")]
    [InlineData("findBooksByAuthor2", "book author")]
    public void Nouns_OfName_LeaveVerbsAndSmallWordsOut(string name, string expected) =>
        Assert.Equal(expected, string.Join(' ', Words.Nouns(name)));
}
