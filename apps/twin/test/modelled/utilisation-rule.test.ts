import { expect, test } from '@jest/globals';
import { type Environment, presetInput, resolveEnvironment } from '@tideline/config';
import { type Datapoint, simulatedMetrics } from '@tideline/scaling';
import { serviceUtilisationKeys } from '../../src/service/service-scheduler.ts';
import { ModelledTwin } from './modelled-twin.ts';

const periodSeconds = 60;
/** Of each second, of a load that scales out to four tasks and back in. */
const rates = [...Array.from({ length: 1530 }, () => 25), ...Array.from({ length: 2670 }, () => 8)];

/** The simulator’s CPU metric over tasks of which so many ran in each second. */
function simulated(environment: Environment, counts: readonly number[]): readonly Datapoint[] {
  const cpu = simulatedMetrics(environment, {}).find(({ key }) => key === serviceUtilisationKeys.cpu);
  if (cpu === undefined) throw new Error('the preset follows CPU');
  return counts.flatMap((count, second) => {
    const requestsPerSecond = rates[second] ?? 0;
    cpu.model.add({ requestsPerSecond, running: count, measured: count, seconds: 1 });
    if ((second + 1) % periodSeconds !== 0) return [];
    return cpu.model.close(second + 1 - periodSeconds, second + 1) ?? [];
  });
}

test('the twin and the simulator make the same CPU datapoints of the same tasks, of those that come and leave too', async () => {
  const preset = resolveEnvironment(presetInput('fargate-alb'));
  const environment = {
    ...preset,
    assumptions: { ...preset.assumptions, taskStartSeconds: { min: 20, max: 20 } },
  };
  const twin = new ModelledTwin(environment);
  const counts: number[] = [];
  for (const rate of rates) {
    twin.setRate(rate);
    counts.push(twin.scaled.fleet.counts().running);
    await twin.clock.advance(1);
  }
  twin.close();
  const measured = twin.scaled.store.all(serviceUtilisationKeys.cpu);
  const expected = simulated(environment, counts);

  expect(Math.max(...counts)).toBeGreaterThanOrEqual(4);
  expect(counts.at(-1)).toBe(2);
  expect(measured.map(({ startSeconds }) => startSeconds)).toEqual(
    expected.map(({ startSeconds }) => startSeconds),
  );
  for (const [index, { startSeconds, value, running = 0 }] of expected.entries()) {
    expect(measured[index]?.running).toBeCloseTo(running, 6);
    // A target is in the rotation a few seconds before its task is RUNNING.
    const around = counts.slice(startSeconds, startSeconds + periodSeconds + 10);
    const grows = around.some((count, second) => count > (around[second - 1] ?? count));
    expect(Math.abs((measured[index]?.value ?? 0) - value)).toBeLessThan(grows ? 4 : 1e-6);
  }
});
