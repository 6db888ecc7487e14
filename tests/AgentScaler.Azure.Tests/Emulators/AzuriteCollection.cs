namespace AgentScaler.Azure.Tests.Emulators;

[CollectionDefinition(Azurite.Collection)]
public sealed class AzuriteCollection : ICollectionFixture<Azurite>, ICollectionFixture<CosmosServer>;
