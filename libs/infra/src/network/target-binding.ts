import { type ComputeFacts, type Environment, capacityFacts, computeFacts } from '@tideline/config';

/** Ports from the first to the last. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** What the balancer sends requests to: addresses of tasks on their own port, or instances on the host’s. */
export interface TargetBinding {
  readonly targetType: ComputeFacts['targetType'];
  /** Port of the target group; targets that are registered with a port of their own have that one. */
  readonly port: number;
  /** Ports that targets listen on, all that the balancer has to reach. */
  readonly ports: PortRange;
}

/**
 * Ports that Docker hands out to tasks which ask for port 0: what Linux takes for connections of its own, in
 * `/proc/sys/net/ipv4/ip_local_port_range` (ECS API reference, PortMapping). Instances are told the same range.
 */
export const dynamicPorts: PortRange = { from: 32_768, to: 60_999 };

export function targetBinding(environment: Environment): TargetBinding {
  const { targetType } = computeFacts(environment);
  const { hostPort } = capacityFacts(environment);
  return hostPort === 0
    ? { targetType, port: environment.container.port, ports: dynamicPorts }
    : { targetType, port: hostPort, ports: { from: hostPort, to: hostPort } };
}
