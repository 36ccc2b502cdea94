import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint/index.js';
import {
  interfaceEndpoints,
  resourceNames,
  gatewayEndpointService,
  interfaceEndpointService,
} from '@tideline/config';
import { Construct } from 'constructs';
import type { StackContext } from '../ground/stack-context.ts';
import { endpointPolicy } from './endpoint-policy.ts';
import type { SecurityGroups } from './security-groups.ts';
import type { VpcNetwork } from './vpc-network.ts';

/** Gateway endpoints cost nothing, so they stand with either kind of egress; image layers come through S3’s. */
const gatewayServices = ['s3', 'dynamodb'] as const;

export interface VpcEndpointsProps {
  readonly context: Pick<StackContext, 'environment' | 'accountId'>;
  readonly network: VpcNetwork;
  readonly groups: SecurityGroups;
}

/** The ways from the private subnets to services of AWS that do not cross the internet. */
export class VpcEndpoints extends Construct {
  constructor(scope: Construct, id: string, { context, network, groups }: VpcEndpointsProps) {
    super(scope, id);
    const { environment, accountId } = context;
    const { region } = environment;
    const policyOf = (service: string) =>
      environment.network.endpointPolicies ? { policy: endpointPolicy(service, { region, accountId }) } : {};
    const { prefix } = resourceNames(environment);
    for (const service of gatewayServices) {
      const endpoint = new VpcEndpoint(this, service, {
        vpcId: network.vpcId,
        serviceName: gatewayEndpointService(environment.region, service),
        vpcEndpointType: 'Gateway',
        routeTableIds: network.privateRouteTableIds,
        tags: { Name: `${prefix}-${service}` },
        ...policyOf(service),
      });
      groups.allowGateway(service, endpoint.prefixListId);
    }
    for (const service of interfaceEndpoints(environment))
      new VpcEndpoint(this, service.replace('.', '-'), {
        vpcId: network.vpcId,
        serviceName: interfaceEndpointService(environment.region, service),
        vpcEndpointType: 'Interface',
        privateDnsEnabled: true,
        subnetIds: network.privateSubnetIds,
        securityGroupIds: [groups.endpoints.id],
        tags: { Name: `${prefix}-${service.replace('.', '-')}` },
        ...policyOf(service),
      });
  }
}
