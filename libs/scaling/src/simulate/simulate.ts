import type { Environment } from '@tideline/config';
import { SimulationRun } from './simulation-run.ts';
import type { LoadTrace, Simulation, SimulationOptions } from './simulation.ts';

/**
 * Runs an environment under a load in virtual time, with the rules of `evaluateScaling` and models for what they
 * look at (see `SimulationOptions`). The same arguments always give the same result.
 * @throws RangeError when the trace has no positive step, a rate or time is no finite number from 0 up, or a schedule cannot be read
 */
export function simulate(
  trace: LoadTrace,
  environment: Environment,
  options: SimulationOptions = {},
): Simulation {
  checkTrace(trace);
  if (options.history !== undefined) checkTrace(options.history);
  checkTimes(options);
  const run = new SimulationRun(trace, environment, options);
  while (!run.finished) run.step();
  return run.result();
}

function checkTrace({ stepSeconds, requestsPerSecond }: LoadTrace): void {
  if (!(stepSeconds > 0) || !Number.isFinite(stepSeconds))
    throw new RangeError(
      `stepSeconds of a load trace must be a positive number of seconds; got ${stepSeconds}`,
    );
  const wrong = requestsPerSecond.findIndex((rate) => !(rate >= 0 && Number.isFinite(rate)));
  if (wrong >= 0)
    throw new RangeError(
      `requestsPerSecond of a load trace must hold finite numbers from 0 up; got ${String(requestsPerSecond[wrong])} at step ${wrong}`,
    );
}

function checkTimes({
  loadStartsAtSeconds = 0,
  tailSeconds = 0,
  sampleEverySeconds = 60,
}: SimulationOptions): void {
  for (const [name, seconds] of Object.entries({ loadStartsAtSeconds, tailSeconds }))
    if (!(seconds >= 0 && Number.isFinite(seconds)))
      throw new RangeError(
        `${name} of a simulation must be a finite number of seconds from 0 up; got ${seconds}`,
      );
  if (!(sampleEverySeconds > 0))
    throw new RangeError(
      `sampleEverySeconds of a simulation must be above 0, or Infinity for changes only; got ${sampleEverySeconds}`,
    );
}
