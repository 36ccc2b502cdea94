import { describe, expect, test } from '@jest/globals';
import { observationAt } from '../../test/observation.ts';
import { noObserver } from './scaling-observer.ts';
import { type Exchange, TwinObserver } from './twin-observer.ts';

function twinThatAnswers(answer: Partial<Awaited<ReturnType<Exchange>>>) {
  const asked: string[] = [];
  const observer = new TwinObserver(new URL('http://127.0.0.1:4000/control'), (url, { method, body }) => {
    asked.push(`${method} ${url.href} ${body ?? ''}`.trim());
    return Promise.resolve({ ok: true, status: 200, text: '', ...answer });
  });
  return { observer, asked };
}

describe('twin observer', () => {
  test('an observation is read from below the control URL', async () => {
    const observation = observationAt(12);
    const { observer, asked } = twinThatAnswers({ text: JSON.stringify(observation) });
    await expect(observer.observe()).resolves.toEqual(observation);
    expect(asked).toEqual(['GET http://127.0.0.1:4000/control/observation']);
  });

  test('the speed is put to the clock', async () => {
    const { observer, asked } = twinThatAnswers({});
    await observer.setSpeed(120);
    expect(asked).toEqual(['PUT http://127.0.0.1:4000/control/clock {"speed":120}']);
  });

  test('what is no observation is refused, with what is wrong in it', async () => {
    const { observer } = twinThatAnswers({ text: JSON.stringify({ ...observationAt(1), speed: -1 }) });
    await expect(observer.observe()).rejects.toThrow(/did not answer with an observation: [^]*speed/);
    await expect(twinThatAnswers({ text: '<html>' }).observer.observe()).rejects.toThrow('TL-RUN-OBSERVER');
  });

  test('an error answer is told with its status', async () => {
    const { observer } = twinThatAnswers({ ok: false, status: 404, text: 'no route' });
    await expect(observer.observe()).rejects.toThrow('answered 404: no route');
  });

  test('no answer is told with its cause', async () => {
    const refused = new TypeError('fetch failed', {
      cause: new Error('connect ECONNREFUSED 127.0.0.1:4000'),
    });
    const observer = new TwinObserver(new URL('http://127.0.0.1:4000'), () => Promise.reject(refused));
    await expect(observer.setSpeed(2)).rejects.toThrow('got no answer: connect ECONNREFUSED 127.0.0.1:4000');
  });
});

describe('no observer', () => {
  test('it sees nothing, and refuses to change a speed', async () => {
    await expect(noObserver.observe()).resolves.toBeNull();
    await expect(noObserver.setSpeed(2)).rejects.toThrow('wall time');
  });
});
