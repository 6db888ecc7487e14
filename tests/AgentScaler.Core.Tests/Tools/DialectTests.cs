using AgentScaler.Json;

namespace AgentScaler.Core.Tests.Tools;

/// <summary>One tool, written in each dialect of function calling.</summary>
public sealed class DialectTests
{
    private const string Strict = """{"type":"object","properties":{"city":{"type":"string","description":"The city"},"days":{"type":"integer"}},"required":["city"]}""";

    [Theory]
    [InlineData("mcp", "{\"tools\":[{\"name\":\"get_weather\",\"description\":\"Gets the weather\",\"inputSchema\":" + Strict + "}]}")]
    [InlineData("mcp", "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[{\"name\":\"get_weather\",\"description\":\"Gets the weather\",\"inputSchema\":" + Strict + "}]}}")]
    [InlineData("mcp", "{\"metadata\":{\"server\":{\"tools\":[{\"name\":\"get_weather\",\"description\":\"Gets the weather\",\"input_schema\":" + Strict + ",\"annotations\":null}]}}}")]
    [InlineData("anthropic-tools", "[{\"name\":\"get_weather\",\"description\":\"Gets the weather\",\"input_schema\":" + Strict + "}]")]
    [InlineData("openai-tools", "{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"description\":\"Gets the weather\",\"parameters\":" + Strict + "}}]}")]
    [InlineData("openai-tools", "[{\"type\":\"function\",\"name\":\"get_weather\",\"description\":\"Gets the weather\",\"parameters\":" + Strict + "}]")]
    [InlineData("bfcl", """{"id":"a","question":[],"function":[{"name":"get_weather","description":"Gets the weather","parameters":{"type":"dict","properties":{"city":{"type":"String","description":"The city"},"days":{"type":"long"}},"required":["city"]}}]}""")]
    [InlineData("bfcl", """{"name":"get_weather","description":"Gets the weather","parameters":{"type":"dict","properties":{"city":{"type":"char","description":"The city"},"days":{"type":"interger"}},"required":["city"]},"response":{"type":"dict","properties":{"degrees":{"type":"float"}}}}""")]
    [InlineData("toolbench", """[{"api_list":[{"category_name":"Weather","tool_name":"Weather API","api_name":"get_weather","api_description":"Gets the weather","required_parameters":[{"name":"city","type":"STRING","description":"The city","default":""}],"optional_parameters":[{"name":"days","type":"NUMBER(INTEGER)","default":""}],"method":"GET"}],"query":"x"}]""")]
    [InlineData("xlam", """[{"query":"x","tools":[{"name":"get_weather","description":"Gets the weather","parameters":{"city":{"type":"string","description":"The city","required":true},"days":{"type":"integer"}}}],"answers":[{"name":"get_weather","arguments":{"city":"Rome"}}]}]""")]
    [InlineData("xlam", """[{"query":"x","tools":"[{\"name\": \"get_weather\", \"description\": \"Gets the weather\", \"parameters\": {\"city\": {\"description\": \"The city\", \"type\": \"str\", \"default\": \"Rome\"}, \"days\": {\"type\": \"int, optional\"}}}]","answers":"[]"}]""")]
    [InlineData("acebench", """{"id":"a","question":"x","function":[{"name":"get_weather","description":"Gets the weather","arguments":{"type":"object","properties":{"city":{"type":"string","description":"The city"},"days":{"type":"integer"}},"required":["city"]},"results":{"type":"object","properties":{"degrees":{"type":"number"}}}}]}""")]
    [InlineData("seal-tools", """{"api_name":"get_weather","api_description":"Gets the weather","field":"Weather/Now","parameters":{"city":{"type":"str","description":"The city"},"days":{"type":"int"}},"required":["city"],"responses":{"degrees":{"type":"float","description":"How warm"}}}""")]
    [InlineData("gorilla-apizoo", """[{"user_name":"x","api_name":"Weather API - get_weather","api_call":"weather.get()","api_arguments":{"city":"[REQUIRED] string: The city","days":"integer"},"functionality":"Gets the weather"}]""")]
    [InlineData("api-bank", "id,类名,参数,api_info\n1,get_weather,城市,\"description = \"\"Gets the weather\"\"\ninput_parameters = {\n    'city': {'type': 'str', 'description': 'The city'},\n    'days': {'type': 'int, optional'},\n}\noutput_parameters = {'degrees': {'type': 'float', 'description': 'How warm'}}\"\n")]
    [InlineData("function-list", """{"nodes":[{"id":"get_weather","desc":"Gets the weather","parameters":[{"name":"city","type":"string","desc":"The city","required":true},{"name":"days","type":"integer"}]}]}""")]
    [InlineData("function-list", """{"functions":[{"name":"get_weather","description":"Gets the weather","parameters":"{'city': {'type': 'str', 'description': 'The city', 'required': True}, 'days': 'int'}"}]}""")]
    public void Import_Dialect_GivesTheSameTool(string dialect, string document)
    {
        var outcome = Catalogue.Import(document);

        var tool = outcome.Only();
        Assert.Equal(("get_weather", "Gets the weather", dialect), (tool.Name, tool.Description, tool.Source.Dialect));
        Assert.Equal(["city", "days"], tool.PropertyNames());
        Assert.Equal(["city"], tool.Required());
        Assert.Equal(("string", "The city", "integer"), (tool.Property("city").GetProperty("type").GetString(), tool.Property("city").GetProperty("description").GetString(), tool.Property("days").GetProperty("type").GetString()));
        Assert.Equal(document.Contains("degrees", StringComparison.Ordinal), tool.Returns is { } returns && returns.GetProperty("properties").GetProperty("degrees").GetProperty("type").ValueEquals("number"));
        Assert.Empty(outcome.Problems());
    }

    [Theory]
    [InlineData("str, optional", """{"type":"string"}""", false)]
    [InlineData("List[Union[int, float]]", """{"items":{"type":"number"},"type":"array"}""", true)]
    [InlineData("Optional[Dict[str, List[int]]]", """{"additionalProperties":{"items":{"type":"integer"},"type":"array"},"type":"object"}""", false)]
    [InlineData("HashMap<String, Double>", """{"additionalProperties":{"type":"number"},"type":"object"}""", true)]
    [InlineData("DATE (YYYY-MM-DD)", """{"format":"date","type":"string"}""", true)]
    [InlineData("Literal['small', 'large']", """{"enum":["small","large"],"type":"string"}""", true)]
    [InlineData("string[]", """{"items":{"type":"string"},"type":"array"}""", true)]
    [InlineData("list of strings", """{"items":{"type":"string"},"type":"array"}""", true)]
    [InlineData("int | None", """{"type":"integer"}""", true)]
    [InlineData("string or number", """{"type":"string"}""", true)]
    [InlineData("[REQUIRED] string: The part, or parts", """{"description":"The part, or parts","type":"string"}""", true)]
    [InlineData("(optional) boolean: Whether it is so", """{"description":"Whether it is so","type":"boolean"}""", false)]
    [InlineData("The user's address: or 'me'", """{"description":"The user's address: or 'me'"}""", true)]
    [InlineData("any", "{}", true)]
    [InlineData("Flux<Capacitor>", """{"description":"Flux<Capacitor>"}""", true)]
    public void Import_TypeInProse_IsRead(string prose, string schema, bool isRequired)
    {
        var tool = Catalogue.Import("[{\"query\":\"x\",\"tools\":[{\"name\":\"get_it\",\"description\":\"Gets what is asked\",\"parameters\":{\"a\":\""
            + prose.Replace("\"", "\\\"", StringComparison.Ordinal) + "\"}}]}]").Only();

        Assert.Equal(schema, CanonicalJson.Write(tool.Property("a")));
        Assert.Equal(isRequired ? ["a"] : [], tool.Required());
    }

    [Theory]
    [InlineData("(user: str, limit: int = 3, tags: List[str] = None)", "limit,tags,user", "user")]
    [InlineData("()", "", "")]
    [InlineData("用户名 (string)，密码 (string)", "密码,用户名", "密码,用户名")]
    public void Import_Signature_IsRead(string signature, string names, string required)
    {
        var tool = Catalogue.Import($$"""{"functions":[{"name":"get_it","description":"Gets what is asked","parameters":"{{signature}}"}]}""").Only();

        Assert.Equal(names, string.Join(',', tool.PropertyNames()));
        Assert.Equal(required, string.Join(',', tool.Required()));
    }

    [Fact]
    public void Import_SeveralDialectsInOneFile_AreAllRead()
    {
        var outcome = Catalogue.Import($$"""
            {"tools":[{"name":"get_one","description":"Gets the first","inputSchema":{{Strict}} },{"type":"function","function":{"name":"get_two","description":"Gets the second"} },
              {"name":"get_three","description":"Gets the third","parameters":{"a":"str"} }],"title":"Mixed tools"}
            """);

        Assert.Equal(["get_one", "get_three", "get_two"], outcome.Tools.Select(t => t.Name));
        Assert.All(outcome.Tools, t => Assert.Equal("Mixed tools", t.Source.Provider));
    }

    [Fact]
    public void Import_CallsInRows_AreNoTools()
    {
        var outcome = Catalogue.Import("""
            {"query":"x","tools":[{"name":"get_it","description":"Gets what is asked","parameters":{"a":"str"}}],"answers":[{"name":"get_it","arguments":{"a":"b"}}],"ground_truth":[{"name":"get_it","arguments":"{}"}]}
            """);

        Assert.Equal(1, outcome.Report.Totals.Read);
        Assert.Empty(outcome.Problems());
    }
}
