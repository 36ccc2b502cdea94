import { describe, expect, test } from '@jest/globals';
import { virtualClock } from '../../test/fake-pipeline.ts';
import { markdownSummary } from './report-steps.ts';
import { InterruptedError } from '@tideline/process';
import { runSteps } from './run-steps.ts';
import { done, type Step } from './step.ts';

const listener = { started: () => undefined, said: () => undefined, ended: () => undefined };
const step = (id: string, run: Step['run'] = () => Promise.resolve(done('fine'))): Step => ({
  id,
  title: id,
  run,
});
const first = (id: string, run?: Step['run']): Step => ({ ...step(id, run), after: [] });
const signal = new AbortController().signal;

describe('running steps', () => {
  test('times each, up to the last', async () => {
    const clock = virtualClock();
    const slow = step('b', async () => {
      await clock.wait(1500, signal);
      return done('slow');
    });
    const { reports, stopped } = await runSteps([step('a'), slow], { signal, clock, listener });
    expect(stopped).toBeUndefined();
    expect(reports.map(({ id, outcome, seconds }) => [id, outcome, seconds])).toEqual([
      ['a', 'done', 0],
      ['b', 'done', 1.5],
    ]);
  });

  test('ends at the first that fails, and says where to go on', async () => {
    const broken = step('b', () => Promise.reject(new Error('no quota')));
    const { reports, stopped } = await runSteps([step('a'), broken, step('c')], {
      signal,
      clock: virtualClock(),
      listener,
    });
    expect(stopped?.resumeAt).toBe('b');
    expect(reports.map(({ id, outcome, detail }) => `${id} ${outcome} ${detail}`)).toEqual([
      'a done fine',
      'b failed no quota',
    ]);
  });

  test('tells what AWS refuses in the user’s words', async () => {
    const refusal = Object.assign(new Error('no'), { $metadata: { httpStatusCode: 403 } });
    const steps = [step('a', () => Promise.reject(refusal))];
    const { reports, stopped } = await runSteps(steps, { signal, clock: virtualClock(), listener });
    expect(reports[0]?.detail).toMatch(/^TL-PIPE-AWS /);
    expect(stopped?.error).toMatchObject({ code: 'TL-PIPE-AWS' });
  });

  test('begins no further step once the user asks to stop', async () => {
    const controller = new AbortController();
    const asks = step('a', () => {
      controller.abort();
      return Promise.resolve(done('ended in order'));
    });
    const result = await runSteps([asks, step('b')], {
      signal: controller.signal,
      clock: virtualClock(),
      listener,
    });
    expect(result.reports.map(({ id }) => id)).toEqual(['a']);
    expect(result.stopped).toMatchObject({ resumeAt: 'b', error: expect.any(InterruptedError) });
  });
});

describe('steps that do not wait for one another', () => {
  /** Runs them over a clock that goes on when all of them wait. @returns what began and ended, with the second of it */
  async function runOver(steps: (wait: (seconds: number) => Step['run']) => readonly Step[]) {
    let nowMs = 0;
    const waits: { readonly untilMs: number; readonly end: () => void }[] = [];
    const log: string[] = [];
    const write = (what: string) => log.push(`${nowMs / 1000} ${what}`);
    const wait = (seconds: number) => async () => {
      await new Promise<void>((end) => waits.push({ untilMs: nowMs + seconds * 1000, end }));
      return done('fine');
    };
    const state = { isOver: false };
    const run = runSteps(steps(wait), {
      signal,
      clock: { ...virtualClock(), nowMs: () => nowMs },
      listener: {
        started: ({ id }) => write(`${id} begins`),
        said: () => undefined,
        ended: ({ id, outcome }) => write(`${id} ${outcome}`),
      },
    }).finally(() => (state.isOver = true));
    while (!state.isOver) {
      await new Promise(setImmediate);
      const next = waits.sort((left, right) => left.untilMs - right.untilMs).shift();
      nowMs = next?.untilMs ?? nowMs;
      next?.end();
    }
    return { log, result: await run };
  }

  test('run side by side, and each as soon as those that it waits for are done', async () => {
    const { log, result } = await runOver((wait) => [
      first('network', wait(3)),
      first('registry', wait(1)),
      { ...step('image', wait(1)), after: ['registry'] },
      { ...step('service', wait(1)), after: ['network', 'image'] },
    ]);
    expect(log).toEqual([
      '0 network begins',
      '0 registry begins',
      '1 registry done',
      '1 image begins',
      '2 image done',
      '3 network done',
      '3 service begins',
      '4 service done',
    ]);
    expect(result.seconds).toBe(4);
    expect(result.reports.map(({ id }) => id)).toEqual(['network', 'registry', 'image', 'service']);
  });

  test('are waited for once one has failed, and no other begins; the run is taken up at the first that is not done', async () => {
    const fail = () => Promise.reject(new Error('no quota'));
    const { log, result } = await runOver((wait) => [
      first('network', wait(3)),
      first('registry', fail),
      { ...step('data', wait(1)), after: ['network'] },
    ]);
    expect(log).toEqual(['0 network begins', '0 registry begins', '0 registry failed', '3 network done']);
    expect(result.stopped).toMatchObject({ resumeAt: 'registry', error: new Error('no quota') });
  });

  test('wait for no step that is not in the run', async () => {
    const steps = [{ ...step('service'), after: ['network', 'image'] }];
    expect((await runOver(() => steps)).log).toEqual(['0 service begins', '0 service done']);
  });

  test('are four at most', async () => {
    const { log } = await runOver((wait) => ['a', 'b', 'c', 'd', 'e'].map((id) => first(id, wait(1))));
    expect(log.slice(0, 6)).toEqual([
      ...['a', 'b', 'c', 'd'].map((id) => `0 ${id} begins`),
      ...['1 a done', '1 e begins'],
    ]);
  });
});

test('a summary keeps its table whole, whatever a step says', () => {
  const head = { command: 'init', environment: 'tideline-dev', preset: 'load-driven' };
  const text = markdownSummary(head, [
    { id: 'a', title: 'a', outcome: 'failed', detail: 'one | two\nthree', seconds: 1.25 },
  ]);
  expect(text).toContain('| a | failed | 1.3 | one \\| two<br>three |');
});
