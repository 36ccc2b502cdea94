import { describe, expect, test } from '@jest/globals';
import { virtualClock } from '../../test/fake-pipeline.ts';
import { markdownSummary } from './report-steps.ts';
import { InterruptedError } from '@tideline/process';
import { runSteps, selectSteps } from './run-steps.ts';
import { done, type Step } from './step.ts';

const listener = { started: () => undefined, said: () => undefined, ended: () => undefined };
const step = (id: string, run: Step['run'] = () => Promise.resolve(done('fine'))): Step => ({
  id,
  title: id,
  run,
});
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

describe('selecting steps', () => {
  const steps = ['a', 'b', 'c'].map((id) => step(id));

  test('takes both ends', () => {
    expect(selectSteps(steps, { from: 'b' }).map(({ id }) => id)).toEqual(['b', 'c']);
    expect(selectSteps(steps, { from: 'b', to: 'b' }).map(({ id }) => id)).toEqual(['b']);
  });

  test('refuses unknown names and an end before the start', () => {
    expect(() => selectSteps(steps, { from: 'x' })).toThrow(
      '--from: there is no step "x" here; did you mean "a"? Allowed: a, b, c',
    );
    expect(() => selectSteps(steps, { from: 'c', to: 'a' })).toThrow(
      '--to a comes before --from c; the order is a, b, c',
    );
  });
});

test('a summary keeps its table whole, whatever a step says', () => {
  const head = { command: 'init', environment: 'tideline-dev', preset: 'load-driven' };
  const text = markdownSummary(head, [
    { id: 'a', title: 'a', outcome: 'failed', detail: 'one | two\nthree', seconds: 1.25 },
  ]);
  expect(text).toContain('| a | failed | 1.3 | one \\| two<br>three |');
});
