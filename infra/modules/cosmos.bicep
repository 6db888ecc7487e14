// The optional Cosmos DB account for running state: serverless, identities only.
param name string
param location string
param tags object
param identityPrincipalId string

@description('Subnet for private endpoints, or empty for access over the public network (with an identity).')
param privateEndpointSubnetId string
param virtualNetworkId string

var builtInDataContributor = '00000000-0000-0000-0000-000000000002'
var isPrivate = !empty(privateEndpointSubnetId)

resource account 'Microsoft.DocumentDB/databaseAccounts@2024-11-15' = {
  name: name
  location: location
  tags: tags
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    capabilities: [{ name: 'EnableServerless' }]
    consistencyPolicy: { defaultConsistencyLevel: 'Session' }
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    locations: [
      {
        locationName: location
        failoverPriority: 0
      }
    ]
  }

  resource database 'sqlDatabases' = {
    name: 'agentscaler'
    properties: { resource: { id: 'agentscaler' } }

    resource state 'containers' = {
      name: 'state'
      properties: {
        resource: {
          id: 'state'
          partitionKey: {
            paths: ['/partition']
            kind: 'Hash'
          }
          // Rows are read by key and by key prefix within a partition; nothing asks for their contents.
          indexingPolicy: {
            indexingMode: 'consistent'
            includedPaths: [{ path: '/id/?' }]
            excludedPaths: [{ path: '/*' }]
          }
        }
      }
    }
  }

  resource contributor 'sqlRoleAssignments' = {
    name: guid(account.id, identityPrincipalId, builtInDataContributor)
    properties: {
      roleDefinitionId: '${account.id}/sqlRoleDefinitions/${builtInDataContributor}'
      principalId: identityPrincipalId
      scope: account.id
    }
  }
}

module endpoint 'private-endpoint.bicep' = if (isPrivate) {
  params: {
    name: 'pe-${name}'
    location: location
    tags: tags
    targetId: account.id
    groupId: 'Sql'
    zoneName: 'privatelink.documents.azure.com'
    subnetId: privateEndpointSubnetId
    virtualNetworkId: virtualNetworkId
  }
}

output endpoint string = account.properties.documentEndpoint
