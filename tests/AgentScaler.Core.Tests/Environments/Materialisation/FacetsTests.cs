using AgentScaler.Environments.Materialisation;

namespace AgentScaler.Core.Tests.Environments.Materialisation;

public sealed class FacetsTests
{
    [Theory]
    [InlineData("stock", "volume", true)]
    [InlineData("file_share", "volume", false)]
    [InlineData("data_store", "rating", false)]
    [InlineData("tuning_job", "company", false)]
    [InlineData("job_posting", "company", true)]
    [InlineData("event_tag", "location", false)]
    [InlineData("org_contact", "email", true)]
    public void Of_AnEntity_FollowsItsHeadNounOnly(string entity, string field, bool has) =>
        Assert.Equal(has, Facets.Of(entity, []).Any(facet => facet.Name == field));
}
