import type { Environment } from '@tideline/config';

/** What the balancer sends requests to: addresses of tasks on their own port, or instances on the host’s. */
export interface TargetBinding {
  readonly targetType: 'ip' | 'instance';
  readonly port: number;
}

export function targetBinding({ compute, container }: Environment): TargetBinding {
  switch (compute.kind) {
    case 'fargate':
      return { targetType: 'ip', port: container.port };
    case 'ec2-asg':
      return { targetType: 'instance', port: compute.hostPort };
  }
}
