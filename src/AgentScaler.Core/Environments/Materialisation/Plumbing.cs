using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AgentScaler.Environments.Calls;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>
/// Parameters that serve the transport and not the matter: headers, credentials, versions of the interface, formats, page sizes, masks, tokens against
/// repetition. Nobody says them in a conversation, so they are no fields of rows, and those that a call must give have a default in the environment.
/// They are known by their name or, where a name alone could be anything (<c>key</c>, <c>fields</c>), by what the document says of them.
/// </summary>
internal static partial class Plumbing
{
    /// <summary>Whether a parameter is plumbing.</summary>
    public static bool Is(string name, JsonElement schema) => IsSupplied(name, schema) || DefaultOf(name) is not null;

    /// <summary>Whether a value is only ever given by the service, by its name, its mark or what the document says of it: no caller has it to give.</summary>
    public static bool IsOutput(string name, JsonElement schema) => WordsOf(name) is "created" or "created_at" or "created_on" or "created_by" or "created_time" or "created_date" or "date_created"
        or "creation_time" or "creation_date" or "creation_timestamp" or "create_time" or "updated" or "updated_at" or "updated_on" or "updated_by" or "update_time" or "last_updated"
        or "last_updated_at" or "last_modified" or "last_modified_at" or "last_modified_by" or "modified" or "modified_at" or "modified_by" or "date_modified" or "date_updated"
        or "deleted_at" or "etag" or "self_link" or "insert_time" || IsOutput(schema);

    private static bool IsOutput(JsonElement schema) => schema.ValueKind == JsonValueKind.Object
        && ((schema.TryGetProperty("readOnly", out var mark) && mark.ValueKind == JsonValueKind.True) || OutputOnly().IsMatch(DescriptionOf(schema)));

    /// <summary>Makes plumbing something a call can leave out, or gives it a default: headers, credentials and knobs are supplied by the runtime.</summary>
    public static void Settle(JsonObject parameters)
    {
        if (parameters["properties"] is not JsonObject properties || parameters["required"] is not JsonArray required)
        {
            return;
        }

        var needed = required.Select(name => name!.GetValue<string>()).ToList();
        foreach (var (name, node) in properties)
        {
            if (!needed.Contains(name) || node is not JsonObject schema)
            {
                continue;
            }

            var declared = JsonSerializer.SerializeToElement(schema);
            if (DefaultOf(name) is { } usual && !IsHeader(declared))
            {
                if (ConstantValue.Of(declared) is null)
                {
                    schema["default"] = Default(declared, usual);
                }
            }
            else if (IsSupplied(name, declared))
            {
                needed.Remove(name);
            }
        }

        parameters["required"] = new JsonArray([.. needed.Select(name => JsonValue.Create(name))]);
    }

    private static JsonNode? Default(JsonElement schema, string usual) =>
        schema.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array && values.GetArrayLength() > 0 ? JsonNode.Parse(values[0].GetRawText())
        : ResultReader.TypeOf(schema) switch
        {
            "integer" or "number" => JsonValue.Create(int.TryParse(usual, out var number) ? number : 1),
            "boolean" => JsonValue.Create(false),
            _ => JsonValue.Create(usual),
        };

    /// <summary>Whether the runtime gives a parameter, not the caller. What stands in a path always says which thing is meant.</summary>
    private static bool IsSupplied(string name, JsonElement schema) => IsHeader(schema)
        || (PlaceOf(schema) != "path" && (IsCredential(name) || IsKnob(name) || IsDescribed(name, DescriptionOf(schema))));

    private static bool IsHeader(JsonElement schema) => PlaceOf(schema) is "header" or "cookie";

    private static bool IsCredential(string name) => WordsOf(name) is
        "api_key" or "apikey" or "access_token" or "auth_token" or "authtoken" or "api_token" or "apitoken" or "oauth_token" or "bearer_token" or "authorization" or "x_api_key" or "api_secret"
        or "session_token" or "jwt" or "client_secret" or "aws_access_key_id" or "rapidapi_key" or "appid_key" or "developer_token" or "app_key" or "application_key";

    /// <summary>Parameters that only shape the exchange, by their names.</summary>
    private static bool IsKnob(string name) => name.StartsWith("x-", StringComparison.OrdinalIgnoreCase) || name.StartsWith('$') || WordsOf(name) is
        "xgafv" or "callback" or "jsonp" or "user_ip" or "quota_user" or "quotauser" or "pretty" or "pretty_print" or "prettyprint" or "update_mask" or "field_mask" or "read_mask"
        or "validate_only" or "dry_run" or "dryrun" or "client_token" or "client_request_token" or "client_request_id" or "idempotency_key" or "idempotency_token" or "idempotence_key"
        or "correlation_id" or "trace_id" or "user_agent" or "cache_control" or "upload_type" or "upload_protocol" or "odata_type" or "odata_context" or "request_options";

    /// <summary>Whether the document says that a parameter is about the exchange.</summary>
    private static bool IsDescribed(string name, string description) => description.Length > 0
        && (AboutTheExchange().IsMatch(description)
            || (Words.Tokens(name) is { Count: > 0 } tokens && tokens[^1] is "token" or "key" or "auth" or "apikey" && AboutCredentials().IsMatch(description)));

    /// <summary>What one would give a parameter that shapes a call, by its name; null for any other.</summary>
    private static string? DefaultOf(string name) => WordsOf(name) switch
    {
        "api_version" or "apiversion" => "2024-05-01",
        "page_size" or "per_page" or "pagesize" or "max_results" or "page_limit" => "25",
        "page" or "page_number" or "pageno" or "page_no" or "page_num" or "pagenum" => "1",
        "page_token" or "cursor" or "next_token" or "next_page_token" => "",
        "response_format" or "output_format" or "alt" => "json",
        _ => null,
    };

    /// <summary>The words of a name, without the place that an importer put in front of it.</summary>
    private static string WordsOf(string name)
    {
        var tokens = Words.Tokens(name);
        return string.Join('_', tokens.Count > 1 && tokens[0] is "body" or "query" ? tokens.Skip(1) : tokens);
    }

    private static string PlaceOf(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("x-in", out var place) && place.ValueKind == JsonValueKind.String ? place.GetString()! : "";

    private static string DescriptionOf(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("description", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";

    [GeneratedRegex(@"^\W*(output[ -]only|read[ -]?only\b)|\bthis (field|property|value|parameter) is (a )?(read-?only|output only)|^\W*@outputonly|\bpopulated by the (server|system|service)\b|\bis a read-only\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OutputOnly();

    [GeneratedRegex(
        @"^(oauth\b|api key\b|jsonp\b|v1 error format|returns response with indentation|pretty[ -]print|available to use for quota|legacy upload protocol|upload protocol for media|data format for (the )?response"
        + @"|selector specifying|ip address of the site where the request originates|deprecated\. please use quotauser|the client api version|version of the api)"
        + @"|idempoten|\bpartial response\b|\bfield ?mask\b|\b(fields|properties) to (include|return|be returned|be included)\b|\bdry[ -]run\b|\bvalidates? the request,? (but|without)|\bonly validate\b"
        + @"|\bif you retry\b|\bretr(y|ies) (of )?(your|the|a) request|\bignore the (second )?request if it has already|checks whether you have the required permissions",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AboutTheExchange();

    [GeneratedRegex(@"\b(api|application|app|developer|access|client|your)[ -](key|token)\b|\bauth(entication|orization|orisation)?\b|\bbearer\b|\boauth\b|\bcredentials?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AboutCredentials();
}
