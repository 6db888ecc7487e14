using AgentScaler.Storage;

namespace AgentScaler.Azure.Tests;

public sealed class StoreSettingsTests
{
    [Theory]
    [InlineData("AGENTSCALER_STORE=here", StateKind.Sqlite)]
    [InlineData("AGENTSCALER_STORAGE_ACCOUNT=account1", StateKind.Table)]
    [InlineData("AGENTSCALER_STORAGE_CONNECTION_STRING=UseDevelopmentStorage=true", StateKind.Table)]
    [InlineData("AGENTSCALER_STORAGE_ACCOUNT=account1;AGENTSCALER_STORE=here;AGENTSCALER_STATE=sqlite", StateKind.Sqlite)]
    [InlineData("AGENTSCALER_STORAGE_ACCOUNT=account1;AGENTSCALER_STATE=Cosmos;COSMOS_ENDPOINT=https://a.documents.azure.com:443/", StateKind.Cosmos)]
    public void Read_SufficientSettings_ChooseTheStateStore(string settings, StateKind expected) => Assert.Equal(expected, Read(settings).State);

    [Theory]
    [InlineData("", "AGENTSCALER_STORAGE_ACCOUNT (with an identity), AGENTSCALER_STORAGE_CONNECTION_STRING (Azurite) or AGENTSCALER_STORE")]
    [InlineData("AGENTSCALER_STORE= ", "no artifact store is set")]
    [InlineData("AGENTSCALER_STORAGE_ACCOUNT=account1;AGENTSCALER_STORAGE_CONNECTION_STRING=UseDevelopmentStorage=true", "are both there")]
    [InlineData("AGENTSCALER_STORAGE_ACCOUNT=https://account1", "AGENTSCALER_STORAGE_ACCOUNT: expected a storage account's name")]
    [InlineData("AGENTSCALER_STORE=here;AGENTSCALER_STATE=redis", "AGENTSCALER_STATE: expected sqlite, table or cosmos, found 'redis'")]
    [InlineData("AGENTSCALER_STORE=here;AGENTSCALER_STATE=table", "AGENTSCALER_STORAGE_ACCOUNT or AGENTSCALER_STORAGE_CONNECTION_STRING is missing; AGENTSCALER_STATE=table needs it")]
    [InlineData("AGENTSCALER_STORAGE_ACCOUNT=account1;AGENTSCALER_STATE=sqlite", "AGENTSCALER_STORE is missing")]
    [InlineData("AGENTSCALER_STORAGE_ACCOUNT=account1;AGENTSCALER_STATE=cosmos", "COSMOS_ENDPOINT is missing")]
    [InlineData("AGENTSCALER_STORE=here;AGENTSCALER_STATE=cosmos;COSMOS_ENDPOINT=https://a", "AGENTSCALER_STORAGE_ACCOUNT or AGENTSCALER_STORAGE_CONNECTION_STRING is missing")]
    [InlineData("AGENTSCALER_STORAGE_ACCOUNT=account1;COSMOS_ENDPOINT=a.documents.azure.com", "COSMOS_ENDPOINT: expected an address")]
    public void Read_MissingOrWrongSetting_IsRefusedByName(string settings, string message)
    {
        var fault = Assert.Throws<StoreException>(() => Read(settings));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Connect_ConnectionStringThatIsNone_IsRefusedWithoutItsSecret()
    {
        var fault = Assert.Throws<StoreException>(() => StorageAccount.Connect("AccountName=a;AccountKey=c2VjcmV0;nonsense"));
        Assert.Contains("AGENTSCALER_STORAGE_CONNECTION_STRING", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", fault.ToString(), StringComparison.Ordinal);
    }

    private static StoreSettings Read(string settings)
    {
        var pairs = settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return StoreSettings.Read(name => pairs.GetValueOrDefault(name));
    }
}
