import * as z from 'zod';
import type { Compute, ComputeKindName, Environment } from '../environment.ts';
import type { ErrorRule } from '../errors/error-rule.ts';
import type {
  CapacityFacts,
  CapacitySettings,
  CapacityUnit,
  ComputeFacts,
  ComputeKind,
} from './compute-kind.ts';
import { ec2Asg, ec2AsgSchema } from './ec2-asg.ts';
import { ecsEc2, ecsEc2Schema } from './ecs-ec2.ts';
import { fargate, fargateSchema } from './fargate.ts';

/** Where tasks run. */
export const computeSchema = z.discriminatedUnion('kind', [fargateSchema, ec2AsgSchema, ecsEc2Schema]);

/** Every compute kind. A member of the union without a room here does not compile. */
export const computeKinds: { readonly [Kind in ComputeKindName]: ComputeKind<Kind> } = {
  fargate,
  'ecs-ec2': ecsEc2,
  'ec2-asg': ec2Asg,
};

/** Facts of the environment’s compute kind. */
export const computeFacts = ({ compute }: Pick<Environment, 'compute'>): ComputeFacts =>
  computeKinds[compute.kind];

const capacityOf = <Kind extends ComputeKindName>(compute: Compute<Kind>, settings: CapacitySettings) =>
  computeKinds[compute.kind].capacity(compute, settings);

export type DescribedCapacity = Pick<Environment, 'compute'> & CapacitySettings;

/** Facts of the environment’s capacity, which depend on its sizes and settings. */
export const capacityFacts = (environment: DescribedCapacity): CapacityFacts =>
  capacityOf(environment.compute, environment);

/** Size of one unit of capacity, as the twin and the simulator execute it. */
export const capacityUnit = (environment: DescribedCapacity): CapacityUnit => capacityFacts(environment).unit;

const errorsOf = <Kind extends ComputeKindName>(compute: Compute<Kind>, environment: Environment) =>
  computeKinds[compute.kind].errors(compute, environment);

export const computeErrors: ErrorRule = (environment) => errorsOf(environment.compute, environment);
