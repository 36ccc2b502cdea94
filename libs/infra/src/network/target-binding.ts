import type { Environment } from '@tideline/config';

/** Ports from the first to the last. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** What the balancer sends requests to: addresses of tasks on their own port, or instances on the host’s. */
export interface TargetBinding {
  readonly targetType: 'ip' | 'instance';
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

const single = (port: number): Pick<TargetBinding, 'port' | 'ports'> => ({
  port,
  ports: { from: port, to: port },
});

export function targetBinding({ compute, container }: Environment): TargetBinding {
  switch (compute.kind) {
    case 'fargate':
      return { targetType: 'ip', ...single(container.port) };
    case 'ec2-asg':
      return { targetType: 'instance', ...single(compute.hostPort) };
    case 'ecs-ec2':
      return { targetType: 'instance', port: container.port, ports: dynamicPorts };
  }
}
