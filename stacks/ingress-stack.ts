import { httpApi } from '@tideline/config';
import { HttpApi, type StackContext, connectStack, declareOutputs } from '@tideline/infra';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { NetworkStack } from './network-stack.ts';
import type { ServiceStack } from './service-stack.ts';

export interface IngressStackProps {
  readonly context: StackContext;
  readonly network: NetworkStack;
  readonly service: ServiceStack;
}

/** The way in from the internet, where the balancer is internal. */
export class IngressStack extends TerraformStack {
  constructor(scope: Construct, { context, network, service }: IngressStackProps) {
    super(scope, 'ingress');
    connectStack(this, 'ingress', context);
    const { environment } = context;
    const ingress = httpApi(environment);
    const { vpcLink } = network.groups;
    if (ingress === null || vpcLink === null)
      throw new Error(`there is no stack ingress with ingress.kind ${environment.ingress.kind}`);
    const { url, apiId, stageName, logGroupName } = new HttpApi(this, 'http-api', {
      environment,
      ingress,
      subnetIds: network.network.privateSubnetIds,
      securityGroupId: vpcLink.id,
      listenerArn: service.listenerArn,
    });
    declareOutputs(this, 'ingress', { url, apiId, stageName, logGroupName });
  }
}
