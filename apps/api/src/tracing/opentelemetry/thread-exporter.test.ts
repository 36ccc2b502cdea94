import { beforeEach, expect, jest, test } from '@jest/globals';
import type { ExportAnswer, ExportRequest, StartExportThread } from './export-job.ts';
import { ThreadExporter } from './thread-exporter.ts';

const job = {
  kind: 'export',
  url: 'http://127.0.0.1:4318/v1/traces',
  timeoutMs: 3000,
  concurrency: 2,
} as const;

/** A thread that does nothing by itself. */
class IdleThread {
  readonly sent: ExportRequest[] = [];
  isKept = true;
  isEnded = false;
  readonly answer: (answer: ExportAnswer) => void;
  readonly end: (error: Error) => void;

  constructor({ onAnswer, onEnded }: Parameters<StartExportThread>[1]) {
    this.answer = onAnswer;
    this.end = onEnded;
  }

  send = (request: ExportRequest): unknown => this.sent.push(request);
  ref = () => (this.isKept = true);
  unref = () => (this.isKept = false);
  terminate = () => {
    this.isEnded = true;
    return Promise.resolve(0);
  };
}

const threads: IdleThread[] = [];
const warnings: string[] = [];
const results: (Error | undefined)[] = [];
const batch = { spanCount: 1, body: new Uint8Array(new SharedArrayBuffer(8)) };
const sent: ExportAnswer = { error: undefined, spare: undefined };
let exporter: ThreadExporter;

beforeEach(() => {
  threads.length = warnings.length = results.length = 0;
  const start: StartExportThread = (asked, events) => {
    expect(asked).toBe(job);
    const thread = new IdleThread(events);
    threads.push(thread);
    return thread;
  };
  exporter = new ThreadExporter({
    job,
    start,
    onResult: (error) => results.push(error),
    warn: (message) => warnings.push(message),
  });
});

test('the thread is there before the first batch, and is kept for as long as one waits', () => {
  const [thread] = threads;
  expect(thread?.isKept).toBe(false);
  exporter.send(batch);
  exporter.send(batch);
  expect(thread?.sent).toEqual([batch, batch]);
  thread?.answer({ error: 'Bad Request', spare: undefined });
  expect(results).toEqual([new Error('Bad Request')]);
  expect(thread?.isKept).toBe(true);
  thread?.answer(sent);
  expect(results[1]).toBeUndefined();
  expect(thread?.isKept).toBe(false);
  exporter.send(batch);
  expect(thread?.isKept).toBe(true);
  expect(threads).toHaveLength(1);
});

test('so many batches are on their way as the thread may send at a time', () => {
  expect(exporter.isFree).toBe(true);
  exporter.send(batch);
  expect(exporter.isFree).toBe(true);
  exporter.send(batch);
  expect(exporter.isFree).toBe(false);
  threads[0]?.answer(sent);
  expect(exporter.isFree).toBe(true);
});

test('what a thread was sending fails when it dies, and the next batch has a new one', () => {
  exporter.send(batch);
  exporter.send(batch);
  threads[0]?.end(new Error('out of memory'));
  expect(results).toEqual([new Error('out of memory')]);
  expect(exporter.isFree).toBe(true);
  exporter.send(batch);
  threads[1]?.answer(sent);
  expect(results).toHaveLength(2);
  // Late, from the first one.
  threads[0]?.answer(sent);
  expect(results).toHaveLength(2);
});

test('a thread that dies while it has nothing to send fails nothing', () => {
  threads[0]?.end(new Error('out of memory'));
  expect(results).toEqual([]);
  exporter.send(batch);
  expect(threads[1]?.sent).toEqual([batch]);
});

test('the memory of a batch that has been sent is there for one more', () => {
  exporter.send(batch);
  expect(exporter.takeSpare()).toBeUndefined();
  threads[0]?.answer({ error: undefined, spare: batch.body.buffer });
  expect(exporter.takeSpare()).toBe(batch.body.buffer);
  expect(exporter.takeSpare()).toBeUndefined();
});

test('what OpenTelemetry says in the thread is said here', () => {
  exporter.send(batch);
  threads[0]?.answer({ warning: 'Export failed after maximum retry attempts' });
  expect(warnings).toEqual(['Export failed after maximum retry attempts']);
  expect(results).toEqual([]);
});

test('it ends with the thread, once all is sent', async () => {
  exporter.send(batch);
  const closed = exporter.close();
  expect(threads[0]?.isEnded).toBe(false);
  threads[0]?.answer(sent);
  await closed;
  expect(threads[0]?.isEnded).toBe(true);
});

test('it ends without what takes longer than it may', async () => {
  jest.useFakeTimers();
  try {
    exporter.send(batch);
    const closed = exporter.close();
    await jest.advanceTimersByTimeAsync(2999);
    expect(threads[0]?.isEnded).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    await closed;
    expect(threads[0]?.isEnded).toBe(true);
  } finally {
    jest.useRealTimers();
  }
});
