import { type Environment, computeFacts, interfaceEndpoints } from '@tideline/config';
import type { UnpricedLine } from '../line-item.ts';
import { hoursPerMonth } from '../usage.ts';

const line = { part: 'network', stack: 'network' } as const;

/** The way from the private subnets to AWS. Gateway endpoints are free, and image layers come through the one of S3. */
export function networkLines(
  environment: Environment,
  { logGigabytes }: { /** Logs that leave the private subnets. */ readonly logGigabytes: number },
): readonly UnpricedLine[] {
  const zones = environment.availabilityZones.length;
  const zoneHours = zones * hoursPerMonth;
  if (environment.network.egress === 'nat')
    return [
      {
        ...line,
        id: 'network.nat',
        resource: 'NAT gateways',
        quantity: zoneHours,
        price: 'natGateway.hour',
        note: `one in each of ${zones} zones`,
      },
      {
        ...line,
        id: 'network.natAddresses',
        resource: 'Public addresses of NAT gateways',
        quantity: zoneHours,
        price: 'publicAddress.hour',
        note: `one for each of ${zones} gateways`,
      },
      {
        ...line,
        id: 'network.natData',
        resource: 'Data through NAT gateways',
        quantity: computeFacts(environment).hasPublicAddresses ? 0 : logGigabytes,
        price: 'natGateway.gigabyte',
        note: computeFacts(environment).hasPublicAddresses
          ? 'nothing: instances have a public address each'
          : 'logs; image layers and files take the gateway endpoint of S3, which is free',
      },
    ];
  const services = interfaceEndpoints(environment);
  if (services.length === 0) return [];
  return [
    {
      ...line,
      id: 'network.endpoints',
      resource: 'Interface endpoints',
      quantity: services.length * zoneHours,
      price: 'interfaceEndpoint.hour',
      note: `${services.join(', ')} in ${zones} zones each`,
    },
    {
      ...line,
      id: 'network.endpointData',
      resource: 'Data through interface endpoints',
      quantity: logGigabytes,
      price: 'interfaceEndpoint.gigabyte',
      note: 'logs; image layers and files take the gateway endpoint of S3, which is free',
    },
  ];
}
