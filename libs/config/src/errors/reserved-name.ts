import type { Problem } from '../configuration-error.ts';
import type { Environment } from '../environment.ts';
import { type ResourceNames, bucketNames, resourceNames } from '../naming.ts';
import { type ErrorRule, refuse } from './error-rule.ts';

/** Names of one kind of resource that AWS does not take. */
interface NameRule {
  /** What is named, and which names AWS refuses: `a bucket’s name must not begin with sthree-`. */
  readonly rule: string;
  readonly refused: RegExp;
  /** Names of this kind that the environment has. */
  readonly names: (names: ResourceNames, environment: Environment) => readonly string[];
}

/** Every account’s number has 12 digits; which it is decides nothing here. */
const anyAccount = '123456789012';
const buckets: NameRule['names'] = (_names, environment) =>
  Object.values(bucketNames(environment, anyAccount));

/** Names that an environment has on every compute kind. */
const everywhere: readonly NameRule[] = [
  {
    // ELB API reference, CreateLoadBalancer, Name.
    rule: 'a balancer’s name must not begin with internal-',
    refused: /^internal-/,
    names: ({ loadBalancer }) => [loadBalancer],
  },
  {
    // EC2 API reference, CreateSecurityGroup, GroupName.
    rule: 'a security group’s name must not begin with sg-',
    refused: /^sg-/,
    names: ({ prefix }) => [`${prefix}-tasks`],
  },
  {
    // S3 user guide, general purpose bucket naming rules.
    rule: 'a bucket’s name must not begin with xn--, sthree- or amzn-s3-demo-',
    refused: /^(xn--|sthree-|amzn-s3-demo-)/,
    names: buckets,
  },
  {
    // The same. The account’s number ends every name today.
    rule: 'a bucket’s name must not end with -s3alias, --ol-s3, .mrap, --x-s3 or --table-s3',
    refused: /(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/,
    names: buckets,
  },
  {
    // ElastiCache API reference, CreateReplicationGroup, ReplicationGroupId.
    rule: 'a replication group’s name must not have two hyphens in a row',
    refused: /--/,
    names: ({ sessionStore }, { sessions }) => (sessions.store === 'redis' ? [sessionStore] : []),
  },
];

/** Refuses a description that makes a name which AWS does not take. */
export function refuseName(environment: Environment, { rule, refused, names }: NameRule): readonly Problem[] {
  const name = names(resourceNames(environment), environment).find((made) => refused.test(made));
  if (name === undefined) return [];
  return refuse(
    'TL-CONFIG-NAME-RESERVED',
    'project',
    `project "${environment.project}" and stage "${environment.stage}" make the name ${name}; ${rule}. Choose another project name`,
  );
}

/** One problem, however many names the same beginning makes. */
export const resourceNameReserved: ErrorRule = (environment) =>
  everywhere.flatMap((rule) => refuseName(environment, rule)).slice(0, 1);
