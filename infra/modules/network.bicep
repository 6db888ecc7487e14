// The optional virtual network: one subnet for the app's outbound traffic, one for private endpoints.
param name string
param location string
param tags object

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.20.0.0/16'] }
    subnets: [
      {
        name: 'integration'
        properties: {
          addressPrefix: '10.20.0.0/24'
          delegations: [
            {
              name: 'flex-consumption'
              properties: { serviceName: 'Microsoft.App/environments' }
            }
          ]
        }
      }
      {
        name: 'private-endpoints'
        properties: { addressPrefix: '10.20.1.0/24' }
      }
    ]
  }

  resource integration 'subnets' existing = {
    name: 'integration'
  }

  resource privateEndpoints 'subnets' existing = {
    name: 'private-endpoints'
  }
}

output id string = network.id
output integrationSubnetId string = network::integration.id
output privateEndpointSubnetId string = network::privateEndpoints.id
