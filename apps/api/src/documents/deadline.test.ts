import { Worker } from 'node:worker_threads';
import { expect, test } from '@jest/globals';
import { Deadline } from './deadline.ts';
import { StoreUnavailable } from './document-store.ts';

/** Blocks this thread until another one has answered, and then until `deadline` is over. */
function pauseUntilAnswered(answered: Int32Array, deadline: Deadline): void {
  Atomics.wait(answered, 0, 0);
  while (!deadline.isOver);
}

test('an answer that came while the process could not run is no timeout', async () => {
  const answered = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads');
     parentPort.once('message', () => {
       parentPort.postMessage('answer');
       Atomics.store(workerData, 0, 1);
       Atomics.notify(workerData, 0);
     });`,
    { eval: true, workerData: answered },
  );
  await new Promise((resolve) => worker.once('online', resolve));
  // From here on timers come before what other threads have sent.
  await new Promise(setImmediate);
  const deadline = new Deadline(1);
  const bound = deadline.bound(new Promise((resolve) => worker.once('message', resolve)));
  worker.postMessage('question');
  pauseUntilAnswered(answered, deadline);
  expect(await bound).toBe('answer');
  await worker.terminate();
});

test('no answer is one, and says after how long', async () => {
  const bound = new Deadline(1).bound(new Promise(() => undefined));
  await expect(bound).rejects.toEqual(new StoreUnavailable('no answer within 1 ms'));
});
