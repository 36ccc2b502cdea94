import type { ReleaseStatus } from './release-status.ts';
import type { EnvironmentStatus, ServiceStatus, StackStatus } from './collect-status.ts';

/** A status for people. */
export function formatStatus(status: EnvironmentStatus): string {
  const { environment, preset, accountId, region, stacks, service, url, scalingActivities } = status;
  const lines = [`${environment} (${preset}) in ${region} of ${accountId}`];
  if (stacks.length === 0) return [...lines, 'not bootstrapped: there is no state bucket', ''].join('\n');
  lines.push('', ...stacks.map(stackLine), '', ...serviceLines(service), ...releaseLines(status.release));
  lines.push(`url      ${url ?? 'none'}`);
  if (status.lastDeploy !== null)
    lines.push(
      `deployed ${status.lastDeploy.deployedAt} from ${status.lastDeploy.commit ?? 'a working copy with changes'}, preset ${status.lastDeploy.preset ?? 'unknown'}`,
    );
  lines.push('', scalingActivities.length === 0 ? 'no scaling activities' : 'scaling, latest first');
  for (const { at, description, cause } of scalingActivities)
    lines.push(`  ${at}  ${description} ${cause}`.trimEnd());
  return [...lines, ''].join('\n');
}

function stackLine({ stack, resources, lock }: StackStatus): string {
  const held = lock === null ? '' : `  locked by ${lock.who} since ${lock.since} (${lock.id})`;
  return `${stack.padEnd(14)} ${resources === 0 ? 'none' : `${resources} resources`}${held}`;
}

function serviceLines(service: ServiceStatus | null): readonly string[] {
  if (service === null) return ['service  none'];
  const { name, desired, running, pending, rollout, image, targets, instances, events } = service;
  const health = Object.entries(targets)
    .map(([state, count]) => `${count} ${state}`)
    .join(', ');
  return [
    `service  ${name}: ${running} of ${desired} running, ${pending} pending; ${rollout}`,
    `targets  ${health === '' ? 'none' : health}`,
    `image    ${image ?? 'unknown'}`,
    ...instances.map(
      ({ id, zone, lifecycle, healthy, launchTemplate }) =>
        `         ${id} in ${zone}: ${lifecycle}, ${healthy ? 'healthy' : 'unhealthy'}, ${launchTemplate}`,
    ),
    ...events.slice(0, 3).map((event) => `         ${event}`),
  ];
}

function releaseLines(release: ReleaseStatus | null): readonly string[] {
  if (release === null) return [];
  const { live, latest } = release;
  const groups = live === 'both' ? 'both target groups have' : `the ${live} target group has`;
  if (latest === null) return [`release  none yet; ${groups} the traffic`];
  const { id, status, startedAt, progress, taskDefinition } = latest;
  const what = taskDefinition?.slice(taskDefinition.lastIndexOf('/') + 1) ?? 'something else';
  return [
    `release  ${id} of ${what} since ${startedAt}: ${status}; ${groups} the traffic`,
    ...(progress === 'released' ? [] : [`         ${progress}`]),
  ];
}
