import type { Compute, ComputeKindName } from '@tideline/config';
import type { ImageRepository } from '../data/image-repository.ts';
import type { StoreReferences } from '../data/store-references.ts';
import type { CapacityIdentity } from '../ground/service-metrics.ts';
import type { StackContext } from '../ground/stack-context.ts';
import type { LoadBalancer } from '../network/load-balancer.ts';
import type { SecurityGroups } from '../network/security-groups.ts';
import type { VpcNetwork } from '../network/vpc-network.ts';

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
  readonly clusterName: string;
  /** Of the ECS service, or of the Auto Scaling group. */
  readonly serviceName: string;
  readonly logGroupName: string;
  /** Null where no ECS task runs the backend. */
  readonly taskDefinitionArn: string | null;
  /** The launch template with its latest version, which the next instance runs; null without instances. */
  readonly launchTemplate: string | null;
  /** Of CodeDeploy, where it releases the service; else null. */
  readonly codeDeployApplicationName: string | null;
  readonly deploymentGroupName: string | null;
}
