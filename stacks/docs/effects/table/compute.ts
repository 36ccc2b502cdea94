import type { Effects } from '../effect.ts';

const group = { preset: 'stateless-asg' } as const;
const pool = { ...group, beside: ['compute.warmPool={"minSize":1}', 'compute.rootVolumeGiB=20'] } as const;
const hosts = { preset: 'flash-sale' } as const;
/** More than one task on an instance, so that the size of a task counts. */
const shared = { ...hosts, beside: ['compute.taskPerInstance=false'] } as const;

/** Fargate tasks, tasks on instances, and instances of a group. */
export const computeEffects: Effects = {
  'compute.kind=fargate': { ...hosts, set: 'compute={"kind":"fargate"}' },
  'compute (fargate).cpuUnits': { beside: ['compute.memoryMiB=1024'], set: 'compute.cpuUnits=512' },
  'compute (fargate).memoryMiB': { set: 'compute.memoryMiB=1024' },
  'compute (fargate).architecture': { set: 'compute.architecture=ARM64' },
  'compute.kind=ec2-asg': { set: 'compute={"kind":"ec2-asg"}' },
  'compute (ec2-asg).instanceType': { ...group, set: 'compute.instanceType=t3.medium' },
  'compute (ec2-asg).cpuCredits': { ...group, set: 'compute.cpuCredits=standard' },
  'compute (ec2-asg).hostPort': { ...group, set: 'compute.hostPort=8080' },
  'compute (ec2-asg).rootVolumeGiB': { ...group, set: 'compute.rootVolumeGiB=20' },
  'compute (ec2-asg).warmupSeconds': { ...group, set: 'compute.warmupSeconds=120' },
  'compute (ec2-asg).protectFromScaleIn': { ...group, set: 'compute.protectFromScaleIn=true' },
  'compute (ec2-asg).warmPool': { ...group, set: 'compute.warmPool={"minSize":1}' },
  'compute (ec2-asg).warmPool.poolState': { ...pool, set: 'compute.warmPool.poolState=Running' },
  'compute (ec2-asg).warmPool.minSize': { ...pool, set: 'compute.warmPool.minSize=3' },
  'compute (ec2-asg).warmPool.maxGroupPreparedCapacity': {
    ...pool,
    set: 'compute.warmPool.maxGroupPreparedCapacity=5',
  },
  'compute (ec2-asg).warmPool.instanceReusePolicy.reuseOnScaleIn': {
    ...pool,
    set: 'compute.warmPool.instanceReusePolicy.reuseOnScaleIn=true',
  },
  'compute (ec2-asg).sshFromCidr': { ...group, set: 'compute.sshFromCidr=10.8.0.0/24' },
  'compute (ec2-asg).keyName': { ...group, set: 'compute.keyName=operators' },
  'compute.kind=ecs-ec2': { set: 'compute={"kind":"ecs-ec2"}' },
  'compute (ecs-ec2).cpuUnits': { ...shared, set: 'compute.cpuUnits=512' },
  'compute (ecs-ec2).memoryMiB': { ...shared, set: 'compute.memoryMiB=900' },
  'compute (ecs-ec2).instanceType': { ...hosts, set: 'compute.instanceType=t3.medium' },
  'compute (ecs-ec2).cpuCredits': { ...hosts, set: 'compute.cpuCredits=unlimited' },
  'compute (ecs-ec2).instances.min': { ...hosts, set: 'compute.instances.min=2' },
  'compute (ecs-ec2).instances.max': { ...hosts, set: 'compute.instances.max=4' },
  'compute (ecs-ec2).targetCapacityPercent': { ...hosts, set: 'compute.targetCapacityPercent=60' },
  'compute (ecs-ec2).instanceWarmupSeconds': { ...hosts, set: 'compute.instanceWarmupSeconds=60' },
  'compute (ecs-ec2).minimumScalingStepSize': { ...hosts, set: 'compute.minimumScalingStepSize=2' },
  'compute (ecs-ec2).maximumScalingStepSize': { ...hosts, set: 'compute.maximumScalingStepSize=1' },
  'compute (ecs-ec2).taskPerInstance': { ...hosts, set: 'compute.taskPerInstance=false' },
  'compute (ecs-ec2).reservedMemoryMiB': { ...hosts, set: 'compute.reservedMemoryMiB=256' },
  'compute (ecs-ec2).rootVolumeGiB': { ...hosts, set: 'compute.rootVolumeGiB=40' },
  'capacity.min': { set: 'capacity.min=1' },
  'capacity.max': { set: 'capacity.max=4' },
  'capacity.desired': { set: 'capacity.desired=3' },
};
