/** What CodeDeploy has moved: a service’s task definition, and which of two target groups its listener leads to. */
export interface LiveVersion {
  readonly taskDefinition: string;
  readonly targetGroupArn: string;
}

/** What releases have come to, where ECS and the balancer have to tell of it too. Moto keeps none of it. */
export class ReleaseMemory {
  /** By `cluster/service`. */
  readonly live = new Map<string, LiveVersion>();
  /** Of a release that is under way: the new tasks, before they are the service’s. By `cluster/service`. */
  readonly replacement = new Map<string, LiveVersion>();
  /** Target group that a listener leads to, by the listener’s ARN; as it was made where it is not here. */
  readonly led = new Map<string, string>();
  readonly targetGroupArns = new Map<string, string>();
  /** Names of the alarms that are in ALARM. */
  readonly firing = new Set<string>();
}

export const serviceKey = (cluster: string, service: string): string =>
  `${cluster.slice(cluster.lastIndexOf('/') + 1)}/${service}`;
