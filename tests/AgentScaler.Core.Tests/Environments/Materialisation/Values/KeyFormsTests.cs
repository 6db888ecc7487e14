using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Materialisation.Values;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Core.Tests.Environments.Materialisation.Values;

public sealed class KeyFormsTests
{
    private static readonly DateTimeOffset Now = new EnvironmentSettings().Now;

    [Theory]
    [InlineData("disk_id", "disk", """{"type":"string"}""", "^disk_\\d+$")]
    [InlineData("order_line_id", "order_line", """{"type":"string"}""", "^ol_\\d+$")]
    [InlineData("clusterName", "cluster", """{"type":"string"}""", "^[a-z]+-[a-z]+-cluster$")]
    [InlineData("network", "network", """{"type":"string","format":"name"}""", "^[a-z]+-[a-z]+-network$")]
    [InlineData("id", "job", """{"type":"string","format":"uuid"}""", "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")]
    [InlineData("id", "charge", """{"type":"string","examples":["ch_3LiiC52e"]}""", "^ch_\\d[A-Z][a-z][a-z][A-Z]\\d\\d[a-z]$")]
    [InlineData("id", "volume", """{"type":"string","x-pattern":"^vol-[0-9a-f]{17}$"}""", "^vol-[0-9a-f]{17}$")]
    [InlineData("stackArn", "stack", """{"type":"string","x-pattern":"^arn:aws:cloudformation:.*"}""", "^arn:aws:cloudformation:[a-z]+-[a-z]+-\\d:\\d{12}:stack/[a-z-]+$")]
    [InlineData("login", "member", """{"type":"string"}""", "^[a-z]+\\d*$")]
    [InlineData("userName", "user", """{"type":"string"}""", "^[a-z]+\\d*$")]
    [InlineData("coupon_code", "coupon", """{"type":"string"}""", "^COU-\\d{4}$")]
    [InlineData("number", "seat", """{"type":"integer"}""", "^\\d+$")]
    [InlineData("policyId", "policy", """{"type":"string","x-enum":["policy"]}""", "^policy$")]
    [InlineData("code3", "country", """{"type":"string","x-maxLength":3}""", "^[A-Z]{3}$")]
    [InlineData("filePath", "file", """{"type":"string"}""", "^[a-z-]+\\.(pdf|csv|png|txt)$")]
    public void Make_ForAName_HasTheFormThatNameAndDocumentGive(string name, string entity, string schema, string shape)
    {
        var random = Seed.Root(1).Random();
        var subject = new FieldValues(Seed.Root(2), Now).NewSubject(entity);

        Assert.Matches(shape, KeyForms.Make(name, JsonElement.Parse(schema), entity, subject, new Owners(Seed.Root(3), Now), random).ToString());
    }

    [Theory]
    [InlineData("""{"type":"string","description":"Required. The store. Format: `projects/{project}/locations/{location}/stores/{store}`."}""", "projects/{project}/locations/{location}/stores/{store}")]
    [InlineData("""{"type":"string","description":"For example: `projects/PROJECT_ID/locations/LOCATION_ID`"}""", "projects/{project}/locations/{location}")]
    [InlineData("""{"type":"string","x-pattern":"^organizations/[^/]+/folders/[^/]+$"}""", "organizations/{organization}/folders/{folder}")]
    [InlineData("""{"type":"string","description":"See https://example.com/projects/about for more."}""", null)]
    public void FormOf_ASchema_IsThePathThatItsDescriptionOrPatternGives(string schema, string? form) => Assert.Equal(form, ResourceName.FormOf(JsonElement.Parse(schema)));

    [Fact]
    public void Generate_RowsBelowOwnersWithoutRows_BelongToAFewCoherentOnes()
    {
        var schema = SchemaBuilderTests.Materialise(Domains.Of(
            Domains.Tool("get_disk", "GET", "/subscriptions/{subscriptionId}/groups/{groupName}/disks/{diskName}",
                """{"subscriptionId":{"type":"string","x-in":"path"},"groupName":{"type":"string","x-in":"path"},"diskName":{"type":"string","x-in":"path"}}""", ["subscriptionId", "groupName", "diskName"], null),
            Domains.Tool("get_snapshot", "GET", "/subscriptions/{subscriptionId}/groups/{groupName}/disks/{diskName}/snapshots/{snapshotName}",
                """{"subscriptionId":{"type":"string","x-in":"path"},"groupName":{"type":"string","x-in":"path"},"diskName":{"type":"string","x-in":"path"},"snapshotName":{"type":"string","x-in":"path"}}""",
                ["subscriptionId", "groupName", "diskName", "snapshotName"], null))).Schema;
        var rows = RowGenerator.Generate(schema, new EnvironmentSettings { MinimumRows = 30, MaximumRows = 30 }, Seed.Root(4));
        string Of(RowData row, string field) => row.Row.GetProperty(field).GetString()!;
        var disks = rows.Where(row => row.Collection == "disks").ToList();

        Assert.InRange(disks.Select(row => Of(row, "subscriptionId")).Distinct().Count(), 2, 3);
        Assert.All(disks.GroupBy(row => Of(row, "subscriptionId")), group => Assert.InRange(group.Select(row => Of(row, "groupName")).Distinct().Count(), 1, 2));
        Assert.All(rows.Where(row => row.Collection == "snapshots"), snapshot =>
        {
            var disk = disks.Single(disk => disk.Key == Of(snapshot, "diskName"));
            Assert.Equal((Of(disk, "subscriptionId"), Of(disk, "groupName")), (Of(snapshot, "subscriptionId"), Of(snapshot, "groupName")));
        });
    }

    [Fact]
    public void Build_ToolThatTakesAName_KeysItsRowsByNameAndNotById()
    {
        const string Service = """{"type":"object","properties":{"id":{"type":"string"},"name":{"type":"string"},"state":{"type":"string"}}}""";
        var package = SchemaBuilderTests.Materialise(Domains.Of(
            Domains.Tool("get_service", "GET", "/services/{serviceName}", """{"serviceName":{"type":"string"}}""", ["serviceName"], Service),
            Domains.Tool("delete_service", "DELETE", "/services/{serviceName}", """{"serviceName":{"type":"string"}}""", ["serviceName"], null)));

        Assert.Equal("name", package.Schema.Find("services")!.Key);
        Assert.All(package.State, row => Assert.Matches("^[a-z]+-[a-z]+-service$", row.Key));
    }
}
