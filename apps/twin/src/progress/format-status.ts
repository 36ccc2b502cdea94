import type { Status } from './status.ts';

/** Cloud time as minutes and seconds, hours where there are any. */
export function formatCloudTime(cloudSeconds: number): string {
  const seconds = Math.floor(cloudSeconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutesAndSeconds = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours === 0 ? minutesAndSeconds : `${hours}:${minutesAndSeconds}`;
}

/** The status as the lines of a live display. */
export function formatStatus(status: Status): readonly string[] {
  const fleet = `${status.unit}s`;
  const instances = formatInstances(status);
  const labels = ['traffic', fleet, ...(instances === null ? [] : ['instances'])];
  const line = (label: string, text: string): string =>
    `${label.padEnd(Math.max(...labels.map(({ length }) => length)))} ${text}`;
  return [
    line('time', `cloud ${formatCloudTime(status.cloudSeconds)}, speed ${status.speed}`),
    line(fleet, formatCounts(status)),
    ...(instances === null ? [] : [line('instances', instances)]),
    line('traffic', formatTraffic(status)),
    line('alarms', formatAlarms(status)),
    line('last', formatLastActivity(status)),
  ];
}

/** The status as one plain line, for logs. */
export const formatStatusLine = (status: Status): string =>
  [
    `cloud ${formatCloudTime(status.cloudSeconds)}`,
    formatCounts(status),
    ...instancesPart(status),
    formatTraffic(status),
    formatAlarms(status),
  ].join(' | ');

const instancesPart = (status: Status): readonly string[] => {
  const instances = formatInstances(status);
  return instances === null ? [] : [`instances ${instances}`];
};

/** The instances that tasks run on; null where there are none of their own. */
function formatInstances({ capacityProvider }: Status): string | null {
  if (capacityProvider === undefined) return null;
  const { instances, waitingTasks = 0 } = capacityProvider;
  const parts = [`${instances.desired} desired`, `${instances.active} active`];
  if (instances.registering > 0) parts.push(`${instances.registering} booting`);
  if (instances.draining > 0) parts.push(`${instances.draining} draining`);
  if (waitingTasks > 0) parts.push(`${waitingTasks} ${waitingTasks === 1 ? 'task waits' : 'tasks wait'}`);
  return parts.join(', ');
}

function formatCounts({ service }: Status): string {
  const parts = [`${service.desired} desired`, `${service.running} running`, `${service.healthy} healthy`];
  if (service.pending > 0) parts.push(`${service.pending} starting`);
  const warmingUp = (service.warming ?? service.pending) - service.pending;
  if (warmingUp > 0) parts.push(`${warmingUp} warming up`);
  if (service.warmed !== undefined) parts.push(`${service.warmed} in the warm pool`);
  if (service.unhealthy > 0) parts.push(`${service.unhealthy} unhealthy`);
  if (service.draining > 0) parts.push(`${service.draining} draining`);
  return parts.join(', ');
}

function formatTraffic({ requestsPerSecond, p99Ms, failedRequests }: Status): string {
  const latency = p99Ms === undefined ? '' : `, p99 ${p99Ms.toFixed(1)} ms`;
  return `${requestsPerSecond.toFixed(0)} requests/s${latency}, ${failedRequests} failed`;
}

/** A low alarm is meant to ring at rest: there it says that nothing is left to remove. */
function formatAlarms({ policies, capacityProvider, service, minimum }: Status): string {
  const low = service.desired <= minimum ? 'low (expected at the minimum)' : 'low';
  const ringing = [...policies, ...(capacityProvider?.policies ?? [])].flatMap(({ name, alarms }) =>
    alarms
      .filter(({ state }) => state === 'ALARM')
      .map(({ comparison }) => `${name} ${comparison.startsWith('>') ? 'high' : low}`),
  );
  return ringing.length === 0 ? 'none' : ringing.join(', ');
}

function formatLastActivity({ lastActivity }: Status): string {
  if (lastActivity === undefined) return 'no scaling activity yet';
  const { cloudSeconds, from, to, policy, status } = lastActivity;
  return `${formatCloudTime(cloudSeconds)} ${from} -> ${to} by ${policy} (${status})`;
}
