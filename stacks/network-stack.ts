import { egressPrice } from '@tideline/config';
import {
  FlowLogs,
  LogKey,
  SecurityGroups,
  type StackContext,
  VpcEndpoints,
  VpcNetwork,
  connectStack,
  declareOutputs,
} from '@tideline/infra';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

/** The VPC, its zones, who may talk to whom, and the ways out. */
export class NetworkStack extends TerraformStack {
  readonly network: VpcNetwork;
  readonly groups: SecurityGroups;

  constructor(scope: Construct, context: StackContext) {
    super(scope, 'network');
    connectStack(this, 'network', context);
    const { environment } = context;
    if (environment.observability.customerManagedKeys) new LogKey(this, 'log-key', context);
    this.network = new VpcNetwork(this, 'network', environment);
    this.groups = new SecurityGroups(this, 'groups', { environment, vpcId: this.network.vpcId });
    new VpcEndpoints(this, 'endpoints', { context, network: this.network, groups: this.groups });
    if (environment.network.flowLogs.enabled)
      new FlowLogs(this, 'flow-logs', { context, vpcId: this.network.vpcId });
    const { monthlyUsd, explanation } = egressPrice(environment);
    declareOutputs(this, 'network', {
      vpcId: this.network.vpcId,
      publicSubnetIds: this.network.publicSubnetIds,
      privateSubnetIds: this.network.privateSubnetIds,
      taskSecurityGroupId: this.groups.tasks.id,
      loadRunnerSecurityGroupId: this.groups.loadRunner.id,
      egressPrice: `${monthlyUsd.toFixed(2)} USD a month: ${explanation}`,
    });
  }
}
