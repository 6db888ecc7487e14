using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Audit;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Materialisation.Values.Locales;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Core.Tests.Environments.Materialisation.Values.Locales;

public sealed class LocaleRowsTests
{
    private static readonly EnvironmentSchema Schema = new(
    [
        new CollectionSpec("customers", "customer", "customer_id", "full_name",
        [
            Field("customer_id"), Field("full_name"), Field("first_name"), Field("last_name"), Field("email", """{"type":"string","format":"email"}"""), Field("username"), Field("phone"), Field("street"),
            Field("city"), Field("postal_code"), Field("country"), Field("country_code"), Field("currency"), Field("iban"), Field("company"), Field("website", """{"type":"string","format":"uri"}"""),
            Field("name", """{"type":"string","pattern":"^[A-Za-z][A-Za-z' .-]*$"}"""), Field("mobile", """{"type":"string","pattern":"^\\+[1-9]\\d{6,14}$"}"""),
            Field("display_name", """{"type":"string","description":"The name in ASCII, as it is printed on the card."}"""),
            Field("preferred_currency", """{"type":"string","enum":["AUD","BRL","CAD","CHF","CNY","EUR","GBP","INR","JPY","KRW","MXN","NOK","PLN","TRY","USD"]}"""),
            Field("contact", """{"type":"object","properties":{"name":{"type":"string"},"email":{"type":"string"},"phone":{"type":"string"}},"required":["email","name","phone"]}"""),
        ]),
        new CollectionSpec("flights", "flight", "flight_id", null, [Field("flight_id"), Field("origin"), Field("destination")]),
    ]);

    public static TheoryData<string> Tags => [.. LocaleCatalogue.All.Select(locale => locale.Tag)];

    [Theory]
    [MemberData(nameof(Tags))]
    public void Generate_OfOneLocale_PersonsAndPlacesCohere(string tag)
    {
        var locale = LocaleCatalogue.Find(tag)!;
        foreach (var row in Customers(tag))
        {
            string Of(string field) => row.GetProperty(field).GetString()!;
            var (first, last, full) = (Of("first_name"), Of("last_name"), Of("full_name"));
            Assert.Contains(full, new[] { $"{first} {last}", last + first });
            Assert.Equal(Of("full_name") == first + " " + last ? $"{PlainText.Of(first)} {PlainText.Of(last)}" : Of("name"), Of("name"));
            Assert.Equal(Of("name"), Of("display_name"));
            foreach (var field in new[] { "email", "username", "website", "name", "display_name", "phone", "mobile", "iban" })
            {
                Assert.True(Ascii.IsValid(Of(field)), $"{field} {Of(field)}");
            }

            Assert.Equal(string.Concat(Of("name").Split(' ').Order().SelectMany(word => word).Where(char.IsAsciiLetter)).ToLowerInvariant(),
                string.Concat(full.Contains(' ', StringComparison.Ordinal) ? Of("name").Split(' ').Order().SelectMany(word => word).Where(char.IsAsciiLetter) : Of("email").Split('@')[0].Split('.').Order().SelectMany(word => word)).ToLowerInvariant());
            var place = Assert.Single(locale.Places, place => place.City == Of("city"));
            Assert.Equal((place.Country, place.Alpha2, place.Currency, place.Currency), (Of("country"), Of("country_code"), Of("currency"), Of("preferred_currency")));
            Assert.Matches("^" + Regex.Escape(place.Zip).Replace("\\#", "[0-9]", StringComparison.Ordinal).Replace("\\?", "[A-Z]", StringComparison.Ordinal) + "$", Of("postal_code"));
            Assert.StartsWith($"+{place.Dial}-", Of("phone"));
            Assert.StartsWith($"+{place.Dial}", Of("mobile"));
            Assert.StartsWith($"+{place.Dial}-", row.GetProperty("contact").GetProperty("phone").GetString());
            Assert.True(Iban.IsValid(Of("iban")) && (locale.Account is null || Of("iban").StartsWith(place.Alpha2, StringComparison.Ordinal)), Of("iban"));
            Assert.Contains(locale.Streets, street => Of("street").Contains(street, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void Generate_OfOneLocale_EveryRowFitsItsSchemaAndTheSameSeedGivesTheSame(string tag)
    {
        var rows = Generate([tag]);

        Assert.All(rows, row => Assert.Empty(StateCheck.RowSchema(Schema.Find(row.Collection)!).Validate(row.Row)));
        Assert.Equal(Text(rows), Text(Generate([tag])));
        Assert.True(Customers(tag).Select(row => row.GetProperty("full_name").GetString()).Distinct().Count() > 30);
    }

    [Fact]
    public void Generate_ByDefault_RowsAreOfManyLocalesInLatinLetters()
    {
        var rows = Generate(new EnvironmentSettings().Locales).Where(row => row.Collection == "customers").Select(row => row.Row).ToList();

        Assert.True(rows.Select(row => row.GetProperty("country").GetString()).Distinct().Count() > 10);
        Assert.Contains(rows, row => !Ascii.IsValid(row.GetProperty("full_name").GetString()!));
        Assert.DoesNotContain(rows, row => row.GetProperty("full_name").GetString()!.Any(letter => char.GetUnicodeCategory(letter) == System.Globalization.UnicodeCategory.OtherLetter));
        Assert.Equal(LocaleCatalogue.All.Where(locale => locale.Names is BogusNames).Select(locale => locale.Tag), new EnvironmentSettings().Locales.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Generate_TravelsGoFromLocaleToLocale()
    {
        var rows = Generate(["de-DE", "pl-PL"]).Where(row => row.Collection == "flights").Select(row => row.Row).ToList();
        string? CountryOf(JsonElement row, string field) => LocaleCatalogue.All.SelectMany(locale => locale.Places).First(place => place.City == row.GetProperty(field).GetString()).Alpha2;

        Assert.Contains(rows, row => CountryOf(row, "origin") != CountryOf(row, "destination"));
    }

    [Fact]
    public void Settle_OnARow_ValuesThatFollowAreOfItsCountry()
    {
        var values = new FieldValues(Seed.Root(4), DateTimeOffset.UnixEpoch, locales: new EnvironmentSettings().Locales);
        var any = JsonElement.Parse("""{"type":"string"}""");
        for (var i = 0; i < 20; i++)
        {
            values.Settle(JsonElement.Parse("""{"name":"Zofia Nowak","country":"Poland"}"""));
            values.NextRow("customer", ["city"]);
            Assert.StartsWith("+48-", values.Value("phone", any, "customer")!.GetValue<string>());
            values.Settle(null);
        }
    }

    [Fact]
    public async Task PackageFolder_RowsInOtherScripts_ComeBackWithTheSameHash()
    {
        var store = new Packages.MemoryArtifacts();
        var package = Engine.Library.Package(2) with { Locales = ["zh-CN", "ja-JP"] };
        package = package with { State = [.. package.State.Select((row, i) => i > 0 ? row : row with { Row = JsonElement.Parse(row.Row.GetRawText().Replace("{", """{"owner":"王伟 & Łukasz Żółć \ud83d\ude80",""", StringComparison.Ordinal)) })] };

        await PackageFolder.WriteAsync(store, "p/", package);
        var read = await PackageFolder.ReadAsync(store, "p/");

        Assert.Equal(package.Locales, read.Locales);
        Assert.Equal(AgentScaler.Environments.Engine.LoadedEnvironment.Load(package).StateHash, AgentScaler.Environments.Engine.LoadedEnvironment.Load(read).StateHash);
        Assert.Contains("王伟", CanonicalJson.Write(read.State[0].Row), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_UnknownLocale_IsRefusedWithWhatIsKnown()
    {
        var e = Assert.Throws<PackageException>(() => PackageCheck.Check(Engine.Library.Package() with { Locales = ["en-US", "xx"] }));

        Assert.Contains("$.locales[1]", e.Message, StringComparison.Ordinal);
        Assert.Contains("zh-CN", e.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<JsonElement> Customers(string tag) => Generate([tag]).Where(row => row.Collection == "customers").Select(row => row.Row);

    private static IReadOnlyList<RowData> Generate(IReadOnlyList<string> locales) =>
        RowGenerator.Generate(Schema, new EnvironmentSettings { MinimumRows = 40, MaximumRows = 40, Locales = locales }, Seed.Root(11));

    private static string Text(IReadOnlyList<RowData> rows) => string.Join('\n', rows.Select(row => row.Key + CanonicalJson.Write(row.Row)));

    private static FieldSpec Field(string name, string type = """{"type":"string"}""") => new(name, JsonElement.Parse(type), true);
}
