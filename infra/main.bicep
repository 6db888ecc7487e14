// Everything one installation of AgentScaler needs, in a resource group of its own. No keys anywhere: the app has one identity, and each role it
// holds is named in modules/. `azd up` deploys it; see README, "On Azure".
targetScope = 'subscription'

@description('Name of the azd environment; it tags every resource and seeds their names.')
@minLength(1)
@maxLength(32)
param environmentName string

@description('Region of every resource. It must offer Flex Consumption.')
param location string

@description('Where Durable Functions keeps its history: storage = the storage account; dts = Durable Task Scheduler (build the app with the same DURABLE_BACKEND).')
@allowed(['storage', 'dts'])
param durableBackend string = 'storage'

@description('Where the state of running episodes and the index of campaigns live.')
@allowed(['table', 'cosmos'])
param stateStore string = 'table'

@description('Whether storage and Cosmos DB are reachable from a virtual network only.')
param vnetEnabled bool = false

@description('Memory of one instance in MB.')
@allowed([2048, 4096])
param instanceMemoryMB int = 2048

@description('Most instances at once; it bounds what a campaign can cost in compute.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 100

@description('When nightly generation runs: six-field cron expression, UTC. It starts nothing unless nightlyDocument is set.')
param nightlySchedule string = '0 0 2 * * *'

@description('Artifact name of the campaign document that nightly generation runs, or empty for none.')
param nightlyDocument string = ''

@description('Days that the history of ended campaigns is kept; their artifacts stay.')
@minValue(1)
@maxValue(3650)
param historyDays int = 30

@description('Name of an Azure OpenAI account in this subscription that plays model roles, or empty for none.')
param openAiAccountName string = ''

@description('Resource group of that account.')
param openAiResourceGroup string = ''

@description('Endpoints of the models that play roles: JSON as operations.models.endpoints of a campaign document, e.g. {"default":{"address":"https://NAME.openai.azure.com/openai/v1","identity":true}}; empty for an app that reaches no models.')
param modelEndpoints string = ''

@description('What a campaign may spend on models that names no budget of its own, USD; empty for no limit.')
param modelBudgetUsd string = '50'

@description('Replies of models from one checkpoint of a running episode to the next, or 0 for none; empty for a checkpoint after each reply of a model.')
param episodeCheckpoints string = ''

@description('Object id of a person or group that may read datasets and start campaigns\' documents from their own machine, or empty for none.')
param principalId string = ''

var tags = { 'azd-env-name': environmentName }
var token = toLower(uniqueString(subscription().id, environmentName, location))

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: 'id-${token}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: 'log-${token}'
    insightsName: 'appi-${token}'
    location: location
    tags: tags
    identityPrincipalId: identity.outputs.principalId
  }
}

module network 'modules/network.bicep' = if (vnetEnabled) {
  scope: group
  params: {
    name: 'vnet-${token}'
    location: location
    tags: tags
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: 'st${token}'
    location: location
    tags: tags
    identityPrincipalId: identity.outputs.principalId
    userPrincipalId: principalId
    privateEndpointSubnetId: vnetEnabled ? network!.outputs.privateEndpointSubnetId : ''
    virtualNetworkId: vnetEnabled ? network!.outputs.id : ''
  }
}

module cosmos 'modules/cosmos.bicep' = if (stateStore == 'cosmos') {
  scope: group
  params: {
    name: 'cosmos-${token}'
    location: location
    tags: tags
    identityPrincipalId: identity.outputs.principalId
    privateEndpointSubnetId: vnetEnabled ? network!.outputs.privateEndpointSubnetId : ''
    virtualNetworkId: vnetEnabled ? network!.outputs.id : ''
  }
}

module scheduler 'modules/scheduler.bicep' = if (durableBackend == 'dts') {
  scope: group
  params: {
    name: 'dts-${token}'
    location: location
    tags: tags
    identityPrincipalId: identity.outputs.principalId
  }
}

module models 'modules/models.bicep' = if (!empty(openAiAccountName)) {
  scope: resourceGroup(openAiResourceGroup)
  params: {
    accountName: openAiAccountName
    identityPrincipalId: identity.outputs.principalId
  }
}

module app 'modules/functionapp.bicep' = {
  scope: group
  params: {
    name: 'func-${token}'
    planName: 'plan-${token}'
    location: location
    tags: union(tags, { 'azd-service-name': 'functions' })
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageAccountName: storage.outputs.name
    deploymentContainer: storage.outputs.deploymentContainer
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    integrationSubnetId: vnetEnabled ? network!.outputs.integrationSubnetId : ''
    settings: union(
      {
        AGENTSCALER_STATE: stateStore
        NIGHTLY_SCHEDULE: nightlySchedule
        NIGHTLY_DOCUMENT: nightlyDocument
        PURGE_SCHEDULE: '0 30 3 * * *'
        MODEL_ENDPOINTS: modelEndpoints
        MODEL_BUDGET_USD: modelBudgetUsd
        EPISODE_CHECKPOINTS: episodeCheckpoints
        HISTORY_DAYS: string(historyDays)
      },
      stateStore == 'cosmos' ? { COSMOS_ENDPOINT: cosmos!.outputs.endpoint } : {},
      durableBackend == 'dts'
        ? {
            TASKHUB_NAME: scheduler!.outputs.taskHubName
            DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${scheduler!.outputs.endpoint};Authentication=ManagedIdentity;ClientID=${identity.outputs.clientId}'
            AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
            AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
          }
        : { TASKHUB_NAME: 'AgentScaler' }
    )
  }
}

output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_FUNCTION_APP string = app.outputs.name
output AZURE_FUNCTION_APP_URL string = app.outputs.url
output AZURE_STORAGE_ACCOUNT string = storage.outputs.name
output ARTIFACTS_CONTAINER string = storage.outputs.artifactsContainer
