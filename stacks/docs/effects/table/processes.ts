import { type Effect, type Effects, onlyPolicy } from '../effect.ts';

const proven =
  (acts: string, suite: string) =>
  (title: string): Effect => ({ acts, suite, title });

const command = proven('the twin’s command tasks', 'apps/twin/test/runtimes/command-runtime.e2e.test.ts');
const container = proven('the twin’s containers', 'apps/twin/test/runtimes/container-runtime.e2e.test.ts');
const engine = proven('the image build of the pipeline', 'apps/pipeline/src/image/container-engine.test.ts');
const built = engine('builds a folder of the user’s as the description says');
const content = proven('the image’s content tag', 'apps/pipeline/src/image/build-content.test.ts');
const refresh = proven(
  'instance refresh, on the twin and by the pipeline',
  'apps/twin/src/auto-scaling-group/instance-refresh.test.ts',
);
const noticed = proven('the twin’s balancer', 'apps/twin/src/fleet/noticed-after.test.ts');

/** Which of the two a policy must count, by the kind of release. */
const countsBoth = proven(
  'the rules of releases',
  'libs/config/src/release/blue-green.test.ts',
)('with a policy on the requests of one target group is refused, whatever the type of the policy');

/** What shows only in a running program: the twin, the load runner, the pipeline. */
export const processEffects: Effects = {
  preset: {
    acts: 'tags of every resource',
    suite: 'stacks/test/security.test.ts',
    title: 'every resource is tagged by its provider with project, stage, stack and preset',
  },
  'container.build': built,
  'container.build.context': built,
  'container.build.dockerfile': built,
  'container.build.target': built,
  'container.build.args': built,
  'container.build.platform': content(
    'changes with a file, its mode, a link, and what the build is told, and with nothing else',
  ),
  'local.command': command('a program that is missing is told, given as %s'),
  'local.cwd': command('a folder that is missing is refused'),
  'local.environment': command(
    'is what the description says, the secrets, the deployment and the port, in this order',
  ),
  'local.secretsFile': proven(
    'secrets of the twin’s tasks',
    'apps/twin/test/runtimes/secrets-file.e2e.test.ts',
  )('values that no variable has are those of local.secretsFile'),
  'local.portVariable': command(
    'is what the description says, the secrets, the deployment and the port, in this order',
  ),
  'local.readiness': command('by the health check waits until the path answers'),
  'local.stopSignal': command('the stop signal is that of the description'),
  'local.container': container('is built as described, limited and confined, with its variables and secrets'),
  'local.startsAt': {
    beside: [
      onlyPolicy({ type: 'scheduled', name: 'morning', schedule: 'cron(0 7 * * ? *)', minCapacity: 5 }),
    ],
    set: 'local.startsAt=2026-01-01T06:00:00Z',
    in: 'simulation',
  },
  'local.hourlyRequestsPerSecond': {
    preset: 'stateless-asg',
    beside: [
      onlyPolicy({
        type: 'predictive',
        name: 'ahead',
        metric: { kind: 'cpu', targetPercent: 50 },
        mode: 'ForecastAndScale',
      }),
    ],
    set: `local.hourlyRequestsPerSecond=${JSON.stringify(Array.from({ length: 48 }, () => 200))}`,
    in: 'simulation',
  },
  'compute (ec2-asg).instanceRefresh.minimumHealthyPercent': refresh(
    'terminates first where nothing may be added',
  ),
  'compute (ec2-asg).instanceRefresh.maximumHealthyPercent': refresh(
    'keeps to its percentages: at most five of four, at least four healthy',
  ),
  'compute (ec2-asg).instanceRefresh.autoRollback': refresh(
    'only fails where there is to be no rollback, and the group keeps its own template',
  ),
  'compute (ec2-asg).instanceRefresh.scaleInProtectedInstances': refresh(
    'replaces them all the same where it is to',
  ),
  'release (blue-green).healthyWithinMinutes': proven(
    'the deadline of a release, on the twin and by the pipeline',
    'apps/twin/src/release/blue-green-service.test.ts',
  )('without any traffic when its tasks do not become healthy in time'),
  'scaling.policies (target-tracking).metric (requests-per-target).acrossTargetGroups': proven(
    'the metric of the policy in Terraform',
    'stacks/test/blue-green.test.ts',
  )('adds up the requests of both target groups, of which the idle one has none'),
  'scaling.policies (step).metric (requests-per-target).acrossTargetGroups': countsBoth,
  'scaling.policies (predictive).metric (requests-per-target).acrossTargetGroups': countsBoth,
  'load.profile': { set: 'load.profile=spike' },
  'load.expectedPeak': proven(
    'the verdict on a run',
    'apps/load-runner/src/run/expected-peak.test.ts',
  )('what the description expects of its own profile counts, as far as it can run'),
  'assumptions.deadTargetSeconds.taskExit': noticed('each figure is that of the description'),
  'assumptions.deadTargetSeconds.instanceLoss': noticed('each figure is that of the description'),
  'assumptions.deadTargetSeconds.zoneLoss': noticed('each figure is that of the description'),
  'assumptions.anomalyErrorPercent': proven(
    'anomaly mitigation of the twin’s balancer',
    'apps/twin/src/balancer/targets/target-group.test.ts',
  )('a target counts as anomalous from assumptions.anomalyErrorPercent on'),
  'assumptions.requestHeadSeconds': proven(
    'the twin’s balancer',
    'apps/twin/test/balancer-upgrades.e2e.test.ts',
  )('is bounded for a head, however steadily its bytes arrive'),
};
