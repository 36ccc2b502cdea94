/** One item of a published table. */
interface ReferenceItem {
  readonly name: string;
  readonly monthlyUsd: number;
  /** Lines of ours that are about the same thing, by id. */
  readonly lineIds: readonly string[];
  /** Why ours differs. */
  readonly reason: string;
}

/** A table of costs that was published for a system that a preset reproduces. */
export interface Reference {
  readonly items: readonly ReferenceItem[];
  /** What the table says that scaling saves against a fixed fleet of this size. */
  readonly savingPercent: number;
  readonly fixedUnits: number;
  /** Why a line of ours is in no item of the table, by the beginning of its id; the longest one applies. */
  readonly leftOut: Readonly<Record<string, string>>;
}

/** Tables at minimum capacity, by preset. */
export const references: Readonly<Record<string, Reference>> = {
  'stateless-asg': {
    items: [
      {
        name: '2 instances',
        monthlyUsd: 15,
        lineIds: ['compute.instances', 'compute.credits'],
        reason: 'the same price, rounded',
      },
      {
        name: 'ALB',
        monthlyUsd: 18,
        lineIds: ['balancer.hours', 'balancer.capacity'],
        reason: 'its hours alone: a balancer without requests uses no LCU',
      },
      {
        name: 'Redis',
        monthlyUsd: 13,
        lineIds: ['sessions.primary'],
        reason: 'the price of one node: the replica is a line of its own',
      },
      {
        name: 'S3',
        monthlyUsd: 1.5,
        lineIds: ['files.standard', 'files.cold', 'files.writes', 'files.reads', 'files.transitions'],
        reason: 'another assumption about what is stored, two thirds of it in the colder class',
      },
      {
        name: 'Data transfer',
        monthlyUsd: 1.5,
        lineIds: ['transfer.out', 'transfer.cdn'],
        reason: 'at minimum nothing is asked, so that nothing is sent',
      },
    ],
    savingPercent: 70,
    fixedUnits: 10,
    leftOut: {
      'compute.volumes': 'every instance has a disk',
      'compute.metrics': 'target tracking on CPU needs a datapoint every minute',
      'balancer.addresses': 'AWS has charged for public IPv4 addresses since 2024',
      'balancer.accessLogs': 'turned on by accessLogs.enabled',
      'network.': 'instances without public addresses reach AWS by endpoints (or NAT gateways)',
      'sessions.replicas': 'automatic failover needs a second node',
      'sessions.': 'what the session store brings with it: secrets, and data that crosses zones',
      'alarms.': 'alarms, those of scaling included',
      'insights.': 'counts of tasks',
      'observability.': 'the dashboard, and who is told',
      'logs.': 'logs of requests and health checks',
      'delivery.': 'images, Terraform states, load tests',
      'edge.': 'turned on by waf.enabled or cdn.enabled',
    },
  },
};
