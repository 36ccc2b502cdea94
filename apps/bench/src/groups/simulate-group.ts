import { type Simulation, simulate } from '@tideline/scaling';
import type { Outcome } from '../outcome.ts';
import type { Rig } from '../rig.ts';
import { monthDays, monthOfLoad, threePolicyEnvironment } from './simulated-month.ts';

const attempts = 3;

/** How long `simulate` takes for a month. The best of three: what disturbs pure computation only ever adds to it. */
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
  const seconds = Math.min(...attemptSeconds);
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
        max: Math.max(...attemptSeconds),
        detail: `${monthDays} days, ${policies} policies, best of ${attempts}: ${Math.round(daysPerSecond)} days per second`,
        rounds: { simulate: attemptSeconds },
      },
    ],
  });
}
