import { describe, expect, test } from '@jest/globals';
import {
  type Forecast,
  type LoadTrace,
  type ScalingInput,
  createForecasters,
  evaluateScaling,
  initialScalingState,
  planScaling,
  simulate,
} from '../src/index.ts';
import { predict, predicted, track } from './forecasts.ts';

const hour = 3600;
const lag = 168;

/** Evaluates one environment at given moments, with the forecast that it is handed. */
function evaluator(environment: ReturnType<typeof predicted>, capacity: readonly number[] | null) {
  const plan = planScaling(environment);
  let state = initialScalingState(plan);
  let desired = environment.capacity.desired;
  const forecast: Forecast | null = capacity && {
    ...{ madeAtSeconds: 0, fromSeconds: 0, capacity, load: capacity.map((count) => count * 600) },
  };
  return {
    at: (nowSeconds: number, over: Partial<ScalingInput> = {}) => {
      const outcome = evaluateScaling(plan, state, {
        ...{ nowSeconds, running: desired, desired, warmup: null, deploymentInProgress: false },
        ...{ datapoints: () => [], forecasts: () => forecast },
        ...over,
      });
      ({ state, desired } = outcome);
      return { ...outcome, min: state.min, max: state.max };
    },
  };
}

describe('when a forecast is made', () => {
  const [forecaster] = createForecasters(planScaling(predicted([predict()])), predicted([predict()]));
  const load = { stepSeconds: hour, requestsPerSecond: Array.from({ length: 60 }, (_, at) => 20 + at) };

  test('at least 24 hours of data are needed, every datapoint of them visible', () => {
    for (let minute = 0; minute < 24 * 60; minute += 1)
      forecaster?.record({ startSeconds: minute * 60, value: 600, running: 3 }, 1);
    expect(forecaster?.at(24 * hour + lag - 1)).toBeNull();
    expect(forecaster?.at(24 * hour + lag)).toMatchObject({ fromSeconds: 24 * hour });
  });

  test('it covers the next 48 hours, hour by hour, and is made again after six', () => {
    const { forecasts } = simulate(load, predicted([track, predict()]));
    const made = forecasts?.[0]?.made ?? [];
    expect(made.map(({ madeAtSeconds }) => madeAtSeconds)).toEqual(
      [24, 30, 36, 42, 48, 54].map((hours) => hours * hour + lag),
    );
    for (const { fromSeconds, madeAtSeconds, load: loads, capacity } of made) {
      expect(madeAtSeconds - fromSeconds).toBe(lag);
      expect([loads.length, capacity.length]).toEqual([48, 48]);
    }
  });

  test('with a day of history before the start it is made at once', () => {
    const history = { stepSeconds: hour, requestsPerSecond: Array.from({ length: 24 }, () => 75) };
    const short = { stepSeconds: 60, requestsPerSecond: Array.from({ length: 60 }, () => 75) };
    const { forecasts, decisions } = simulate(short, predicted([track, predict()]), { history });
    expect(forecasts?.[0]?.made).toMatchObject([{ madeAtSeconds: 0, fromSeconds: 0 }]);
    expect(decisions[0]).toMatchObject({ seconds: 0, policy: 'ahead', from: 2, to: 8 });
    const less = { ...history, requestsPerSecond: history.requestsPerSecond.slice(1) };
    expect(simulate(short, predicted([track, predict()]), { history: less }).forecasts?.[0]?.made).toEqual(
      [],
    );
  });

  test('the hours of the description are the history where a simulation is given none', () => {
    const short = { stepSeconds: 60, requestsPerSecond: [10] };
    const local = { hourlyRequestsPerSecond: Array.from({ length: 24 }, () => 75) };
    const { forecasts } = simulate(short, predicted([predict()], { local }));
    expect(forecasts?.[0]?.made[0]?.load).toEqual(Array.from({ length: 48 }, () => 4500));
  });

  test('each policy forecasts its own metric, and acts by its own forecast', () => {
    const short = { stepSeconds: hour, requestsPerSecond: Array.from({ length: 8 }, () => 75) };
    const history = { stepSeconds: hour, requestsPerSecond: Array.from({ length: 24 }, () => 75) };
    const cpu = { kind: 'cpu', targetPercent: 20 } as const;
    const shown = predict({ name: 'shown', mode: 'ForecastOnly', metric: cpu });
    const run = (policies: readonly ReturnType<typeof predict>[]) =>
      simulate(short, predicted([track, ...policies]), { history });
    const [both, alone] = [run([shown, predict()]), run([predict()])];
    expect(both.decisions[0]).toMatchObject({ policy: 'ahead', from: 2, to: 8 });
    expect(both.decisions).toEqual(alone.decisions);
    expect(both.forecasts?.[1]).toEqual(alone.forecasts?.[0]);
  });

  test('hours are those of the calendar, and a history ends with whole ones', () => {
    const history = { stepSeconds: 600, requestsPerSecond: Array.from({ length: 26 * 6 }, () => 30) };
    const short = { stepSeconds: 60, requestsPerSecond: Array.from({ length: 90 }, () => 30) };
    const startedAt = new Date('2026-01-01T10:20:00Z');
    const { forecasts } = simulate(short, predicted([track, predict()]), { history, startedAt });
    expect(forecasts?.[0]?.made[0]?.fromSeconds).toBe(-20 * 60);
    expect(forecasts?.[0]?.error.hours).toBe(0);
  });
});

describe('needed capacity', () => {
  test('is the load over the target: 10 units at 30 of 60 need 5 (ECS guide, evaluate predictive scaling)', () => {
    const cpu = predict({ metric: { kind: 'cpu', targetPercent: 60 } });
    const environment = predicted([cpu]);
    const [forecaster] = createForecasters(planScaling(environment), environment);
    for (let minute = 0; minute < 24 * 60; minute += 1)
      forecaster?.record({ startSeconds: minute * 60, value: 30, running: 10 }, 1);
    expect(forecaster?.at(24 * hour + lag)?.capacity[0]).toBe(5);
  });
});

describe('the capacity of an hour', () => {
  const scale = (over: Parameters<typeof predict>[0] = {}, capacity: readonly number[] = [2, 7, 3, 3]) =>
    evaluator(predicted([track, predict(over)]), capacity);

  test('is launched its buffer ahead: for 10:00 at 09:55', () => {
    const { at } = scale();
    expect(at(0).desired).toBe(2);
    expect(at(hour - 301).desired).toBe(2);
    const { desired, min, decisions } = at(hour - 300);
    expect([desired, min]).toEqual([7, 7]);
    expect(decisions).toEqual([
      {
        ...{ policy: 'ahead', outcome: 'scaled', from: 2, to: 7 },
        cause:
          'predictive scaling policy ahead forecast a minimum capacity of 7 for the hour from 2026-01-01T01:00Z',
        reason:
          'AWS/ApplicationELB/RequestCountPerTarget/Sum is forecast to be 4200 over all tasks, which at a target of 600 asks for 7; from 2 to 7 tasks',
      },
    ]);
  });

  test('is launched as the hour begins without a buffer', () => {
    const { at } = scale({ schedulingBufferTimeSeconds: 0 });
    expect(at(hour - 1).desired).toBe(2);
    expect(at(hour).desired).toBe(7);
  });

  test('counts at once where it is the first one, in whatever part of the hour', () => {
    const { at } = scale({}, [5, 7]);
    expect(at(600, { forecasts: () => null })).toMatchObject({ desired: 2, min: 2 });
    expect(at(1200)).toMatchObject({ desired: 5, min: 5 });
  });

  test('stays for its hour, whatever is forecast meanwhile', () => {
    const { at } = scale();
    at(hour);
    const later: Forecast = {
      ...{ madeAtSeconds: hour, fromSeconds: 0 },
      capacity: [9, 9, 9],
      load: [1, 1, 1],
    };
    const unchanged = { desired: 7, min: 7, decisions: [] };
    expect(at(hour + 1, { forecasts: () => later })).toMatchObject(unchanged);
    expect(at(2 * hour - 301, { forecasts: () => later })).toMatchObject(unchanged);
    expect(at(2 * hour - 300, { forecasts: () => later })).toMatchObject({ desired: 9, min: 9 });
  });

  test('is that of the hour under way where the next one asks for no more', () => {
    expect(scale({}, [7, 7]).at(hour - 300).decisions[0]?.cause).toMatch(
      'for the hour from 2026-01-01T00:00Z',
    );
    expect(scale({}, [7, 8]).at(hour - 300).decisions[0]?.cause).toMatch(
      'for the hour from 2026-01-01T01:00Z',
    );
  });

  test('is the minimum until the hour has ended, and a forecast of less scales nothing in', () => {
    const { at } = scale();
    at(hour);
    expect(at(2 * hour - 300)).toMatchObject({ min: 7, desired: 7 });
    expect(at(2 * hour)).toMatchObject({ min: 3, desired: 7, decisions: [] });
  });

  test('of more than is forecast stays: the larger of forecast and dynamic applies', () => {
    const { at } = scale();
    expect(at(hour - 300, { desired: 10, running: 10 })).toMatchObject({ desired: 10, decisions: [] });
  });

  test('is cut to the maximum that is honoured', () => {
    const { desired, max, decisions } = scale({}, [2, 50]).at(hour);
    expect([desired, max]).toEqual([40, 40]);
    expect(decisions[0]?.reason).toContain('asks for 50; held to the maximum of 40');
    const whole = scale({}, [2, 40]).at(hour).decisions;
    expect(whole[0]?.reason).toContain('asks for 40; from 2 to 40 tasks');
  });

  test('raises the maximum with a buffer of 10: 50 forecast and 40 at most make 55', () => {
    const raise = { maxCapacityBreachBehavior: 'IncreaseMaxCapacity', maxCapacityBuffer: 10 } as const;
    const { at } = scale(raise, [2, 50, 2]);
    const { decisions, ...raised } = at(hour);
    expect(raised).toMatchObject({ desired: 50, max: 55 });
    expect(decisions[0]?.reason).toMatch(/from 2 to 50 tasks, with the maximum raised from 40 to 55$/);
    // “The maximum capacity does not automatically decrease back to the original maximum.”
    expect(at(2 * hour)).toMatchObject({ desired: 50, max: 55, min: 2 });
    expect(scale({ ...raise, maxCapacityBuffer: 0 }, [2, 50]).at(hour)).toMatchObject({ max: 50 });
  });

  test('is not taken away by a deployment, a cooldown or suspended dynamic scaling', () => {
    const suspendedState = { dynamicScalingInSuspended: true, dynamicScalingOutSuspended: true };
    const environment = predicted([track, predict()]);
    const { at } = evaluator(
      {
        ...environment,
        scaling: {
          ...environment.scaling,
          suspendedState: { ...environment.scaling.suspendedState, ...suspendedState },
        },
      },
      [2, 7],
    );
    expect(at(hour, { deploymentInProgress: true }).desired).toBe(7);
  });

  test('gives way to a maximum that a scheduled action sets', () => {
    const lower = {
      type: 'scheduled',
      name: 'lower',
      schedule: 'at(2026-01-01T01:30:00)',
      maxCapacity: 5,
    } as const;
    const { at } = evaluator(predicted([track, predict(), lower]), [2, 7, 7]);
    expect(at(hour).desired).toBe(7);
    expect(at(hour + 1800)).toMatchObject({ min: 5, max: 5, desired: 5 });
  });

  test('is shown and not applied with ForecastOnly, nor without a forecast', () => {
    expect(scale({ mode: 'ForecastOnly' }).at(hour)).toMatchObject({ desired: 2, min: 2 });
    expect(evaluator(predicted([predict()]), null).at(hour)).toMatchObject({ desired: 2, min: 2 });
    const plan = planScaling(predicted([predict()]));
    const withoutForecasts = {
      nowSeconds: hour,
      running: 2,
      desired: 2,
      warmup: null,
      deploymentInProgress: false,
    };
    expect(
      evaluateScaling(plan, initialScalingState(plan), { ...withoutForecasts, datapoints: () => [] }).desired,
    ).toBe(2);
  });
});

test('the error is that of forecasts made before the hour', () => {
  const rates = (hours: number) => Array.from({ length: hours }, (_, at) => (at % 24 < 12 ? 95 : 25));
  const history = { stepSeconds: hour, requestsPerSecond: rates(48) };
  const doubled = { stepSeconds: hour, requestsPerSecond: rates(12).map((rate) => 2 * rate) };
  const error = (load: LoadTrace) => {
    const environment = predicted([track, predict({ mode: 'ForecastOnly' })]);
    return simulate(load, environment, { history }).forecasts?.[0]?.error;
  };
  // The forecast of second 0 was made too late for the capacity of hour 0.
  expect(error({ ...history, requestsPerSecond: rates(12) })).toEqual({
    ...{ hours: 11, mapePercent: expect.closeTo(0, 6), wapePercent: expect.closeTo(0, 6) },
    coveragePercent: 100,
  });
  expect(error(doubled)?.mapePercent).toBeGreaterThan(20);
  expect(error(doubled)?.coveragePercent).toBeLessThan(60);
});
