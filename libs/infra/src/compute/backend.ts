import type { Compute, ComputeKindName, StackOutputs } from '@tideline/config';
import type { Construct } from 'constructs';
import type { ImageRepository } from '../data/image-repository.ts';
import type { StoreReferences } from '../data/store-references.ts';
import type { CapacityIdentity } from '../ground/service-metrics.ts';
import type { StackContext } from '../ground/stack-context.ts';
import type { LoadBalancer } from '../network/load-balancer.ts';
import type { SecurityGroups } from '../network/security-groups.ts';
import type { VpcNetwork } from '../network/vpc-network.ts';
import type { Graph } from '../observe/dashboard-graph.ts';
import type { Scaling } from '../scaling/policy-resources.ts';

/** What the backend is built from, on any compute kind. */
export interface BackendProps<Kind extends ComputeKindName = ComputeKindName> {
  readonly context: StackContext;
  readonly compute: Compute<Kind>;
  readonly network: VpcNetwork;
  readonly groups: SecurityGroups;
  readonly repository: ImageRepository;
  readonly stores: StoreReferences;
  readonly loadBalancer: LoadBalancer;
  /** ARN of the policy that bounds its roles. */
  readonly permissionsBoundary: string;
}

/** The backend as it runs: what later stacks and the pipeline know it by. */
export interface Backend {
  /** Separates this service’s metrics from all others. */
  readonly identity: CapacityIdentity;
  /** How much capacity there is, and how busy it is. */
  readonly graphs: readonly Graph[];
  /** Adds every scaling policy of the description, to a stack of their own. */
  readonly scale: (scope: Construct) => Scaling;
  readonly outputs: BackendOutputs;
}

/** Outputs of the service stack about the backend, with null where its compute kind has no such thing. */
export type BackendOutputs = Pick<
  StackOutputs['service'],
  | 'clusterName'
  | 'serviceName'
  | 'logGroupName'
  | 'taskDefinitionArn'
  | 'launchTemplate'
  | 'codeDeployApplicationName'
  | 'deploymentGroupName'
  | 'releaseHookArn'
>;
