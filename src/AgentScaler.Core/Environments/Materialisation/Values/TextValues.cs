using System.Globalization;
using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Materialisation.Values.Locales;
using AgentScaler.Tools;
using Bogus;

namespace AgentScaler.Environments.Materialisation.Values;

/// <summary>Texts by what a field's format and name mean.</summary>
internal sealed class TextValues(SeededRandom random, Randomizer drawn)
{
    private static readonly string[] Regions = ["us-east-1", "us-west-2", "eu-central-1", "eu-west-1", "ap-southeast-2", "ca-central-1"];
    private static readonly string[] Jobs = ["Account Manager", "Software Engineer", "Nurse", "Office Manager", "Sales Representative", "Analyst", "Designer", "Electrician", "Project Lead", "Accountant"];
    private static readonly string[] Media = ["image/png", "image/jpeg", "application/pdf", "text/csv", "application/json", "text/plain", "video/mp4"];
    private static readonly string[] Symbols = ["AAPL", "MSFT", "AMZN", "NVDA", "TSLA", "SAP", "SHEL", "TM", "NESN", "AIR"];

    /// <summary>A region of a cloud.</summary>
    public static string Region(SeededRandom random) => random.Pick(Regions);

    /// <summary>A text for a field of a row; null if neither its name nor its schema tells what it could be.</summary>
    /// <param name="inAddress">Whether the field stands beside a city or a post code.</param>
    public string? Of(IReadOnlyList<string> tokens, JsonElement schema, Subject subject, bool inAddress)
    {
        var format = schema.TryGetProperty("format", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        return ByFormat(format, tokens, subject)
            ?? ByMeaning(tokens, schema, subject, inAddress)
            ?? SchemaExamples.Text(schema, random)
            ?? ByHint(tokens, subject);
    }

    private string? ByFormat(string? format, IReadOnlyList<string> tokens, Subject subject) => format switch
    {
        "date" => subject.Times.Of(tokens).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "date-time" or "datetime" or "google-datetime" => Moment(tokens, subject),
        "time" => Clock(),
        "email" => subject.Person(tokens).Email(subject.Domain),
        "uri" or "url" => Link(tokens, subject),
        "uuid" or "guid" => drawn.Guid().ToString(),
        "ipv4" => Address4(tokens),
        "ipv6" => "2001:db8::" + drawn.Hexadecimal(4, "") + ":" + drawn.Hexadecimal(4, ""),
        "hostname" => subject.Domain,
        "int64" or "int32" or "uint64" or "uint32" => random.Between(1, 5000).ToString(CultureInfo.InvariantCulture),
        "double" or "float" or "decimal" => Money(),
        "duration" or "google-duration" => format == "duration" ? $"PT{random.Between(1, 12) * 5}M" : $"{random.Between(1, 60) * 10}s",
        "byte" => Convert.ToBase64String(drawn.Bytes(18)),
        "password" => drawn.Replace("??##-??##-**"),
        _ => null,
    };

    /// <summary>What a name means for sure; null if it could be anything.</summary>
    private string? ByMeaning(IReadOnlyList<string> tokens, JsonElement schema, Subject subject, bool inAddress)
    {
        var last = tokens[^1];
        var before = tokens.Count > 1 ? tokens[^2] : "";
        var place = new Lazy<Place>(() => subject.Place(tokens));
        switch (last)
        {
            case "email" or "mail":
                return subject.Person(tokens).Email(subject.Domain);
            case "address" when before is "email" or "mail":
                return subject.Person(tokens).Email(subject.Domain);
            case "address" when before is "ip" or "ipv4":
                return Address4(tokens);
            case "address" when before is "mac":
                return Pairs(6, ":");
            case "phone" or "mobile" or "telephone" or "fax" or "msisdn":
            case "number" when before is "phone" or "mobile" or "telephone" or "fax" or "contact" or "cell":
                return drawn.ReplaceNumbers(random.Pick(subject.Locale.Phones));
            case "street" or "line1" or "address1" or "streetaddress":
            case "address" when inAddress:
            case "1" when before is "address" or "line":
                return subject.Street();
            case "address":
                return subject.Locale.Address(place.Value.City, random);
            case "line2" or "address2":
            case "2" when before is "address" or "line":
                return $"Unit {random.Between(1, 40)}";
            case "city" or "town" or "destination" or "origin" or "locality" or "municipality":
            case "name" when before is "city":
                return place.Value.City;
            case "zip" or "zipcode" or "postcode" or "postalcode":
            case "code" when before is "zip" or "postal" or "post":
                return drawn.Replace(place.Value.Zip).ToUpperInvariant();
            case "country" or "nationality":
                return Short(schema) switch { 2 => place.Value.Alpha2, 3 => place.Value.Alpha3, _ => place.Value.Country };
            case "code" when before is "country":
                return Short(schema) == 3 ? place.Value.Alpha3 : place.Value.Alpha2;
            case "code" when before is "currency":
            case "currency":
                return place.Value.Currency;
            case "code" when before is "language" or "lang":
            case "language" or "lang":
                return place.Value.Language;
            case "locale":
                return $"{place.Value.Language}-{place.Value.Alpha2}";
            case "timezone" or "tz":
            case "zone" when before is "time":
                return place.Value.TimeZone;
            case "state" when inAddress:
                return Short(schema) is 2 or 3 ? place.Value.RegionCode : place.Value.Region;
            case "province" or "county":
                return place.Value.Region;
            case "region" or "location" or "zone" when Prose.IsTechnical(subject.Entity) || before is "aws" or "cloud" or "availability":
                return Region(random) + (last == "zone" ? random.Pick(["a", "b", "c"]) : "");
            case "region":
                return place.Value.Region;
            case "location" or "venue":
                return $"{place.Value.City}, {place.Value.Country}";
            case "latitude" or "lat":
                return place.Value.Latitude.ToString(CultureInfo.InvariantCulture);
            case "longitude" or "lng" or "lon":
                return place.Value.Longitude.ToString(CultureInfo.InvariantCulture);
            case "url" or "website" or "link" or "uri" or "href" or "homepage" or "thumb" or "thumbnail" or "avatar" or "permalink":
                return Link(tokens, subject);
            case "domain" or "hostname" or "fqdn":
            case "name" when before is "domain" or "host" or "dns":
                return subject.Domain;
            case "ip" or "ipv4":
                return Address4(tokens);
            case "ipv6":
                return "2001:db8::" + drawn.Hexadecimal(4, "");
            case "cidr" or "subnet" or "netmask":
            case "range" when before is "ip" or "cidr" or "address":
                return $"10.{random.Between(0, 250)}.{random.Between(0, 250)}.0/24";
            case "mac":
                return Pairs(6, ":");
            case "guid" or "uuid":
                return drawn.Guid().ToString();
            case "digest" or "hash" or "checksum" or "etag" or "md5" or "fingerprint":
                return drawn.Hexadecimal(32, "");
            case "sha" or "sha1" or "commit":
            case "1" when before is "sha":
                return drawn.Hexadecimal(40, "");
            case "sha256" or "signature":
            case "256" when before is "sha":
                return drawn.Hexadecimal(64, "");
            case "cron" or "crontab":
            case "expression" when before is "cron" or "schedule":
                return $"{random.Next(4) * 15} {random.Between(1, 22)} * * {random.Pick(["*", "1", "1-5", "6"])}";
            case "isbn":
                return drawn.ReplaceNumbers("978-#-####-####-#");
            case "iban":
                return Iban.Of(subject.Locale, drawn);
            case "bic" or "swift":
                return drawn.Replace($"????{place.Value.Alpha2}??").ToUpperInvariant();
            case "vin":
                return drawn.Replace("??####?#?########").ToUpperInvariant();
            case "plate":
                return drawn.Replace("??-####").ToUpperInvariant();
            case "symbol" or "ticker":
                return random.Pick(Symbols);
            case "mime" or "mimetype":
            case "type" when before is "content" or "mime" or "media":
                return random.Pick(Media);
            case "extension":
                return random.Pick(["pdf", "docx", "png", "csv"]);
            case "filename" or "file":
            case "name" when before is "file":
                return Slug(subject.Title) + random.Pick([".pdf", ".docx", ".png", ".csv"]);
            case "path" or "directory":
                return $"/{Prose.Area(random)}/{Slug(subject.Title)}";
            case "slug" or "permalink":
                return Slug(subject.Title);
            case "color" or "colour":
                return Short(schema) is 6 or 7 || tokens.Contains("hex") ? "#" + drawn.Hexadecimal(6, "") : random.Pick(["black", "white", "silver", "blue", "red", "green"]);
            case "gender" or "sex":
                return random.Pick(["female", "male"]);
            case "company" or "organization" or "organisation" or "vendor" or "supplier" or "manufacturer" or "publisher" or "brand" or "employer" or "merchant" or "carrier":
            case "name" when before is "company" or "organization" or "organisation" or "vendor" or "supplier" or "business" or "employer" or "merchant" or "brand":
                return subject.Company;
            case "username" or "login" or "handle" or "nickname" or "userid":
            case "name" when before is "user" or "screen" or "login" or "nick":
                return subject.Person(tokens).UserName;
            case "firstname" or "givenname" or "forename":
            case "name" when before is "first" or "given":
                return subject.Person(tokens).First.Text;
            case "lastname" or "surname" or "familyname":
            case "name" when before is "last" or "family":
                return subject.Person(tokens).Last.Text;
            case "name" when before is "full" || (Subject.IsPerson(before) && !(tokens.Count > 2 && Prose.IsTechnical(tokens[^3]))) || (subject.IsOfPerson && (before is "" or "display" || IsOwn(before, subject))):
            case "fullname":
                return subject.Person(tokens).Name;
            case "title" or "occupation" or "profession" or "position" when subject.IsOfPerson || before == "job":
                return random.Pick(Jobs);
            case "by":
            case var word when Subject.IsPerson(word) && word is not ("billing" or "shipping" or "host" or "lead"):
                return last == "user" ? subject.Person(tokens).UserName : subject.Person(tokens).Name;
            case "name" or "title" or "label" or "headline" or "subject" when before is "" or "display" or "friendly" or "short" || IsOwn(before, subject):
                return subject.Title;
            case "name":
                return Prose.Title(string.Join('_', tokens.Take(tokens.Count - 1)), random);
            case "title" or "subject" or "headline":
                return Prose.Title("document", random);
            case "description" or "summary" or "details" or "body" or "text" or "content" or "abstract" or "bio" or "overview" or "instructions":
                return Prose.Sentence(subject.Entity, random);
            case "notes" or "note" or "comment" or "comments" or "reason" or "message" or "remark" or "remarks" or "feedback":
                return Prose.Remark(random);
            case "at" or "timestamp" or "datetime" or "created" or "updated" or "modified" or "expires" or "expiration" or "expiry":
                return Moment(tokens, subject);
            case "time" when before is "start" or "end" or "creation" or "created" or "create" or "update" or "updated" or "modified" or "expiration" or "expiry" or "insert" or "last"
                or "finish" or "expire" or "deletion" or "completion" or "date":
                return Moment(tokens, subject);
            case "time":
                return Clock();
            case "date" or "on" or "day" or "birthday" or "dob" or "deadline":
                return subject.Times.Of(tokens).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            default:
                return null;
        }
    }

    /// <summary>What a name hints at, where the schema itself gives no example.</summary>
    private string? ByHint(IReadOnlyList<string> tokens, Subject subject)
    {
        var last = tokens[^1];
        var before = tokens.Count > 1 ? tokens[^2] : "";
        return last switch
        {
            "status" or "state" or "stage" => random.Pick(["active", "active", "pending", "closed"]),
            "type" or "kind" or "tier" or "class" or "mode" or "plan" => random.Pick(["basic", "standard", "premium"]),
            "channel" => random.Pick(["email", "sms", "phone", "chat"]),
            "version" when before is "api" => $"2024-{random.Between(1, 12):00}-01",
            "version" or "revision" => $"{random.Between(1, 5)}.{random.Between(0, 20)}.{random.Between(0, 9)}",
            "from" or "to" or "until" or "since" => subject.Times.Of(tokens).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "genre" => random.Pick(["mystery", "history", "science fiction", "poetry", "biography", "travel"]),
            "specialty" or "speciality" or "specialization" => random.Pick(["cardiology", "dermatology", "pediatrics", "neurology", "orthopedics"]),
            "department" or "team" or "category" or "topic" or "section" or "tag" or "keyword" or "group" or "label" or "interest" => Prose.Area(random),
            "industry" => random.Pick(["retail", "healthcare", "logistics", "education", "software", "hospitality"]),
            "unit" => random.Pick(["kg", "m", "hours", "pieces"]),
            "interval" or "period" or "frequency" => random.Pick(["hourly", "daily", "weekly", "monthly"]),
            "sku" or "barcode" or "code" or "reference" or "ref" => drawn.Replace(Initials(tokens, subject) + "-####").ToUpperInvariant(),
            "number" or "no" => drawn.Replace(Initials(tokens, subject) + "-#####").ToUpperInvariant(),
            "id" or "sid" or "key" or "token" or "secret" or "password" => drawn.Replace("??######").ToLowerInvariant(),
            "price" or "amount" or "total" or "balance" or "cost" or "fee" or "value" => Money(),
            "count" or "size" or "quantity" or "limit" or "offset" or "page" or "gb" or "mb" or "bytes" or "length" => random.Between(1, 60).ToString(CultureInfo.InvariantCulture),
            "gender" or "sex" => random.Pick(["female", "male"]),
            _ when Prose.IsTechnical(last) => Prose.Title(last, random),
            _ => null,
        };
    }

    /// <summary>Whether a word is what the row is, not what it is of: the group in <c>network_group</c>.</summary>
    private static bool IsOwn(string word, Subject subject) => Words.Tokens(subject.Entity) is [.., var head] && head == Words.Singular(word);

    /// <summary>The length that a schema fixes a code to, or null.</summary>
    private static long? Short(JsonElement schema) =>
        schema.TryGetProperty("maxLength", out var most) && most.ValueKind == JsonValueKind.Number && most.TryGetInt64(out var length) && length <= 7 ? length : null;

    private static string Moment(IReadOnlyList<string> tokens, Subject subject) =>
        subject.Times.Of(tokens).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private string Clock() => $"{random.Between(8, 18):00}:{random.Next(4) * 15:00}:00";

    private string Money() => (random.Between(5, 480) + 0.9m).ToString("0.00", CultureInfo.InvariantCulture);

    private string Address4(IReadOnlyList<string> tokens) => tokens.Any(word => word is "private" or "internal" or "local")
        ? $"10.{random.Between(0, 250)}.{random.Between(0, 250)}.{random.Between(2, 250)}"
        : $"203.0.113.{random.Between(1, 254)}";

    private string Pairs(int count, string between) => string.Join(between, Enumerable.Range(0, count).Select(_ => drawn.Hexadecimal(2, "")));

    private static string Link(IReadOnlyList<string> tokens, Subject subject)
    {
        var folder = tokens.Count > 1 ? string.Join('-', tokens.Take(tokens.Count - 1)) : Words.Plural(Words.Tokens(subject.Entity) is { Count: > 0 } own ? own[^1] : "item");
        var ending = tokens.Any(word => word is "avatar" or "image" or "photo" or "picture" or "thumb" or "thumbnail" or "logo" or "icon") ? ".png" : "";
        return $"https://{subject.Domain}/{folder}/{Slug(subject.IsOfPerson ? subject.Person([]).PlainName : subject.Title)}{ending}";
    }

    private static string Slug(string text) => string.Join('-', Words.Tokens(text));

    /// <summary>The first letters of what a number is of: <c>order_number</c> gives <c>ORD</c>.</summary>
    private static string Initials(IReadOnlyList<string> tokens, Subject subject)
    {
        var word = tokens.Count > 1 ? tokens[^2] : Words.Tokens(subject.Entity) is { Count: > 0 } own ? own[^1] : "ref";
        return word.Length > 3 ? word[..3] : word;
    }
}
