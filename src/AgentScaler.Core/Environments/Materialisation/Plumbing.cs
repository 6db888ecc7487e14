using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Environments.Calls;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>
/// Parameters that serve the transport and not the matter: headers, credentials, versions of the interface, formats, page sizes. Nobody says
/// them in a conversation, so they are no fields of rows, and those that a call must give have a default in the environment.
/// </summary>
internal static class Plumbing
{
    /// <summary>Whether a parameter is plumbing.</summary>
    public static bool Is(string name, JsonElement schema) => IsHeader(schema) || IsCredential(name) || DefaultOf(name) is not null;

    /// <summary>Makes plumbing something a call can leave out, or gives it a default: headers and credentials are supplied by the runtime.</summary>
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
            if (IsHeader(declared) || IsCredential(name))
            {
                needed.Remove(name);
            }
            else if (DefaultOf(name) is { } usual && ConstantValue.Of(declared) is null)
            {
                schema["default"] = Default(declared, usual);
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

    private static bool IsHeader(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("x-in", out var place) && place.ValueKind == JsonValueKind.String && place.GetString() is "header" or "cookie";

    private static bool IsCredential(string name) => string.Join('_', Words.Tokens(name)) is
        "api_key" or "apikey" or "access_token" or "auth_token" or "authtoken" or "api_token" or "apitoken" or "oauth_token" or "bearer_token" or "authorization" or "x_api_key" or "api_secret"
        or "session_token" or "jwt" or "client_secret";

    /// <summary>What one would give a parameter that shapes a call, by its name; null for any other.</summary>
    private static string? DefaultOf(string name) => string.Join('_', Words.Tokens(name)) switch
    {
        "api_version" or "apiversion" => "2024-05-01",
        "page_size" or "per_page" or "pagesize" or "max_results" or "page_limit" => "25",
        "page" or "page_number" or "pageno" or "page_no" => "1",
        "page_token" or "cursor" or "next_token" or "next_page_token" => "",
        "response_format" or "output_format" or "alt" => "json",
        "pretty_print" or "prettyprint" or "user_agent" or "quota_user" or "upload_protocol" or "upload_type" => "1",
        _ => null,
    };
}
