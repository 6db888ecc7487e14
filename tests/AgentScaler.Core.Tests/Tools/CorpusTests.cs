using AgentScaler.Tools;

namespace AgentScaler.Core.Tests.Tools;

public sealed class CorpusTests
{
    [SkippableTheory]
    [InlineData("oas30-box.json", "openapi-3", 296)]
    [InlineData("oas30-twilio-verify.json", "openapi-3", 57)]
    [InlineData("oas30-surevoip-pathref.json", "openapi-3", 28)]
    [InlineData("oas30-icons8-undeclared.json", "openapi-3", 8)]
    [InlineData("oas30-here-positioning-not.json", "openapi-3", 3)]
    [InlineData("oas31-codat-commerce.json", "openapi-3", 17)]
    [InlineData("oas31-wolframalpha.json", "openapi-3", 2)]
    [InlineData("oas31-adyen-webhooks.json", "openapi-3", 0)]
    [InlineData("oas30-ipinfodb-empty.json", "openapi-3", 0)]
    [InlineData("openai-tools/nemo_workplace_assistant.jsonl", "openai-tools", 27)]
    [InlineData("oas2-slack.json", "openapi-2", 0)]
    [InlineData("oas2-ebay-anchors.yaml", "openapi-2-yaml", 0)]
    [InlineData("oas31-tictactoe.yaml", "openapi-3-yaml", 0)]
    [InlineData("mcp/toucan_mlb.json", "mcp", 0)]
    [InlineData("mcp/toucan_apisix.json", "mcp", 0)]
    [InlineData("bfcl/BFCL_v4_live_simple.json", "bfcl", 0)]
    [InlineData("bfcl/multi_turn_travel_booking.json", "bfcl", 0)]
    [InlineData("toolbench/G3_query.json", "toolbench", 0)]
    [InlineData("xlam/hammer_toolalpaca.json", "xlam", 0)]
    [InlineData("apizoo/Youtube_API.json", "gorilla-apizoo", 0)]
    [InlineData("apizoo/Gmail_API.json", "broken-json", 0)]
    [InlineData("api-bank/all_apis.csv", "csv", 0)]
    [InlineData("acebench/data_normal_atom_list.json", "bfcl", 0)]
    public void Import_NativeDocument_IsRecognisedAndCounted(string file, string dialect, int read)
    {
        var bytes = File.ReadAllBytes(Catalogue.Corpus("native/" + file));

        var report = Assert.Single(CatalogueImporter.Import([CatalogueDocument.Of(bytes)], new ToolSettings()).Report.Documents);

        Assert.Equal((dialect, read), (report.Dialect, report.Read));
    }
}
