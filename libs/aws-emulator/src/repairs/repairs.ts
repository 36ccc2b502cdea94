import { type Repair } from '../gateway/repair.ts';
import { applicationAutoScalingRepairs } from './application-auto-scaling.ts';
import { autoScalingRepairs } from './auto-scaling.ts';
import { capacityProviderRepairs } from './capacity-providers.ts';
import { ec2Repairs } from './ec2.ts';
import { ecsRepairs } from './ecs.ts';
import { elasticacheRepairs } from './elasticache.ts';
import { s3Repairs } from './s3.ts';

/** Every gap of moto that the gateway closes. Each call starts with an empty memory. */
export const repairs = (): readonly Repair[] => [
  ...applicationAutoScalingRepairs(),
  ...autoScalingRepairs(),
  ...capacityProviderRepairs(),
  ...ec2Repairs(),
  ...ecsRepairs(),
  ...elasticacheRepairs(),
  ...s3Repairs(),
];
