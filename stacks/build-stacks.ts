import { environmentStackIds } from '@tideline/config';
import { type StackContext, noStores } from '@tideline/infra';
import type { App } from 'cdktf';
import { AutoscalingStack } from './autoscaling-stack.ts';
import { DataStack } from './data-stack.ts';
import { IngressStack } from './ingress-stack.ts';
import { NetworkStack } from './network-stack.ts';
import { ObservabilityStack } from './observability-stack.ts';
import { refuseUndeployable } from './refuse-undeployable.ts';
import { RegistryStack } from './registry-stack.ts';
import { ServiceStack } from './service-stack.ts';
import { StateStack } from './state-stack.ts';

/**
 * Adds every stack of an environment, in the order in which they are deployed; later ones refer to earlier ones.
 * @throws DeploymentError when AWS cannot have what the description asks for
 */
export function buildStacks(app: App, context: StackContext): void {
  refuseUndeployable(context.environment);
  new StateStack(app, context);
  const network = new NetworkStack(app, context);
  const registry = new RegistryStack(app, context);
  const stacks = environmentStackIds(context.environment);
  const stores = stacks.includes('data') ? new DataStack(app, { context, network }).stores : noStores;
  const service = new ServiceStack(app, { context, network, registry, stores });
  if (stacks.includes('ingress')) new IngressStack(app, { context, network, service });
  const autoscaling = new AutoscalingStack(app, { context, service });
  new ObservabilityStack(app, { context, service, autoscaling });
}
