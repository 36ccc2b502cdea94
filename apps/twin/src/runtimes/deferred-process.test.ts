import { expect, test } from '@jest/globals';
import { FakeTaskProcess } from '../../test/fake-task-runtime.ts';
import { StartFailure, type TaskProcess } from '../tasks/task-runtime.ts';
import { DeferredProcess } from './deferred-process.ts';

const fake = () => new FakeTaskProcess({ taskId: 't', availabilityZone: 'a', version: '1', variables: {} });

function deferred() {
  let prepared: (process: TaskProcess) => void = () => undefined;
  const process = new DeferredProcess(
    (signal) =>
      new Promise((resolve, reject) => {
        prepared = resolve;
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      }),
  );
  return { process, prepared: (one: TaskProcess) => prepared(one) };
}

test('what is prepared is what runs', async () => {
  const { process, prepared } = deferred();
  expect(await process.usage()).toBeUndefined();
  const started = fake();
  prepared(started);
  started.listen();
  expect(await process.listening).toEqual({ host: '127.0.0.1', port: 1000 });
  expect(await process.usage()).toMatchObject({ memoryMiB: 64 });
  process.freeze();
  process.kill();
  expect(started.signals).toEqual(['SIGSTOP', 'SIGKILL']);
  expect(await process.exited).toEqual({ code: null, signal: 'SIGKILL' });
});

test.each(['terminate', 'kill'] as const)('%s before the start is the end', async (how) => {
  const { process } = deferred();
  process[how]();
  await expect(process.listening).rejects.toThrow('it was stopped before it started');
  expect(await process.exited).toEqual({ code: null, signal: 'SIGKILL' });
});

test('whatever goes wrong before the start is a failed start', async () => {
  const process = new DeferredProcess(() => Promise.reject(new Error('no port is free')));
  const error: unknown = await process.listening.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(StartFailure);
  expect((error as Error).message).toBe('no port is free');
  await process.exited;
});
