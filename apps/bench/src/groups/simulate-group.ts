import { type Simulation, simulate, type LoadTrace } from '@tideline/scaling';
import { type Environment, resolveEnvironment } from '@tideline/config';
import type { Outcome } from '../outcome.ts';
import type { Rig } from '../rig.ts';

/** The first ones are slower: the engine still compiles what it runs. */
const attempts = 10;

/** CPU time that `simulate` takes for a month. The best of several: what disturbs pure computation only ever adds to it. */
export function measureSimulate(rig: Rig): Promise<Outcome> {
  const trace = monthOfLoad(monthDays);
  const environment = threePolicyEnvironment();
  const attemptSeconds: number[] = [];
  const attemptCpuSeconds: number[] = [];
  let simulation: Simulation | undefined;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    rig.progress(`simulate: attempt ${attempt} of ${attempts}`);
    const startCpu = process.cpuUsage();
    const startMs = performance.now();
    simulation = simulate(trace, environment);
    attemptSeconds.push((performance.now() - startMs) / 1000);
    const { user, system } = process.cpuUsage(startCpu);
    attemptCpuSeconds.push((user + system) / 1e6);
  }
  const seconds = Math.min(...attemptCpuSeconds);
  const figures = {
    days: monthDays,
    policies: environment.scaling.policies.length,
    seconds,
    attemptSeconds,
    attemptCpuSeconds,
    daysPerSecond: monthDays / seconds,
    datapoints: trace.requestsPerSecond.length * environment.scaling.policies.length,
    decisions: simulation?.decisions.length ?? 0,
    peakRunning: simulation?.peakRunning ?? 0,
  };
  const { policies, daysPerSecond } = figures;
  return Promise.resolve({
    simulate: figures,
    figures: [
      {
        name: 'simulate',
        value: seconds,
        min: seconds,
        max: Math.max(...attemptCpuSeconds),
        detail: `${monthDays} days, ${policies} policies, best of ${attempts}: ${Math.round(daysPerSecond)} days per second`,
        rounds: { simulate: attemptCpuSeconds },
      },
    ],
  });
}

const monthDays = 30;

const minutesPerDay = 24 * 60;
const quietRequestsPerSecond = 40;
const busyRequestsPerSecond = 900;

/** A service that three target-tracking policies scale: requests, CPU and response time. */
export const threePolicyEnvironment = (): Environment =>
  resolveEnvironment({
    preset: 'bench',
    compute: { kind: 'fargate', cpuUnits: 512, memoryMiB: 1024 },
    container: { cpuMillisecondsPerRequest: 4 },
    capacity: { min: 2, max: 80, desired: 2 },
    scaling: {
      policies: [
        {
          type: 'target-tracking',
          name: 'requests',
          metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 3600 },
        },
        { type: 'target-tracking', name: 'cpu', metric: { kind: 'cpu', targetPercent: 60 } },
        {
          type: 'target-tracking',
          name: 'response-time',
          metric: { kind: 'response-time', targetMilliseconds: 12 },
        },
      ],
    },
  });

/**
 * A month of load in steps of one minute: quiet nights, busy days, weaker weekends, a short rush each working day at
 * noon, and ups and downs from minute to minute. The same month every time.
 */
export function monthOfLoad(days: number): LoadTrace {
  const requestsPerSecond = Array.from({ length: days * minutesPerDay }, (_, minute) => {
    const day = Math.floor(minute / minutesPerDay);
    const dayShare = (minute % minutesPerDay) / minutesPerDay;
    const isWeekend = day % 7 >= 5;
    const daylight = (1 - Math.cos(2 * Math.PI * dayShare)) / 2;
    const rush = !isWeekend && dayShare >= 0.5 && dayShare < 0.52 ? 1.6 : 1;
    const busy = busyRequestsPerSecond * daylight * (isWeekend ? 0.5 : 1) * rush;
    return (quietRequestsPerSecond + busy) * (0.85 + 0.3 * unrest(minute));
  });
  return { stepSeconds: 60, requestsPerSecond };
}

/** A number in [0, 1) that looks like chance: the fraction of a large sine. */
function unrest(minute: number): number {
  const large = Math.sin(minute * 12.9898) * 43_758.5453;
  return large - Math.floor(large);
}
