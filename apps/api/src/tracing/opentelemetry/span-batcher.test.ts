import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { ExportRequest } from './export-job.ts';
import { SpanBatcher } from './span-batcher.ts';
import { serverShape } from './span-shape.ts';
import { newSpanId, traceIdOf } from './trace-ids.ts';

const sent: ExportRequest[] = [];
const dropped: number[] = [];
const exporter = {
  isFree: true,
  spare: undefined as SharedArrayBuffer | undefined,
  takeSpare: () => exporter.spare,
  send: (request: ExportRequest) => void sent.push(request),
};
let batcher: SpanBatcher;

beforeEach(() => {
  jest.useFakeTimers();
  sent.length = dropped.length = 0;
  exporter.isFree = true;
  exporter.spare = undefined;
  batcher = new SpanBatcher({
    source: { resource: { 'service.name': 'test' }, scope: { name: 'test' } },
    exporter,
    batchBytes: 1000,
    delayMs: 5000,
    onDropped: (spanCount) => dropped.push(spanCount),
  });
});

afterEach(() => {
  jest.useRealTimers();
});

const shape = serverShape('/host', 'GET', 200);
const take = (count: number, path = '/host'): void => {
  for (let index = 0; index < count; index += 1)
    batcher.take(
      {
        trace: traceIdOf('6b0d5d28ee0bdc9814ce82e77e9a23ef'),
        span: newSpanId(),
        parent: undefined,
        hasRemoteParent: false,
        amznTraceId: undefined,
        startMs: 0,
      },
      { shape, endMs: 1, path },
    );
};
const counts = () => sent.map(({ spanCount }) => spanCount);

test('a batch goes out once the next span has no room', () => {
  take(20);
  const [first = 0, ...others] = counts();
  expect(first).toBeGreaterThan(2);
  expect(new Set(others)).toEqual(new Set([first]));
  expect(sent.every(({ body }) => body.length <= 1000)).toBe(true);
  batcher.close();
  expect(counts().reduce((sum, count) => sum + count, 0)).toBe(20);
  expect(dropped).toEqual([]);
});

test('a batch goes out when its first span has waited long enough, and none for no spans', () => {
  jest.advanceTimersByTime(60_000);
  take(1);
  jest.advanceTimersByTime(4999);
  take(1);
  expect(counts()).toEqual([]);
  jest.advanceTimersByTime(1);
  expect(counts()).toEqual([2]);
  jest.advanceTimersByTime(60_000);
  expect(counts()).toEqual([2]);
});

test('what a batch that went out early leaves behind is no timer for the next one', () => {
  take(1);
  jest.advanceTimersByTime(3000);
  batcher.flush();
  take(1);
  jest.advanceTimersByTime(4999);
  expect(counts()).toEqual([1]);
  jest.advanceTimersByTime(1);
  expect(counts()).toEqual([1, 1]);
});

test('a batch that may not go out yet does so later', () => {
  exporter.isFree = false;
  take(1);
  jest.advanceTimersByTime(5000);
  expect(counts()).toEqual([]);
  exporter.isFree = true;
  jest.advanceTimersByTime(5000);
  expect(counts()).toEqual([1]);
});

test('what has no room while none may go out is dropped, and that is said when there is room again', () => {
  exporter.isFree = false;
  take(20);
  expect([counts(), dropped]).toEqual([[], []]);
  exporter.isFree = true;
  take(1);
  const [first = 0] = counts();
  expect(dropped).toEqual([20 - first]);
  batcher.close();
  expect(counts()).toEqual([first, 1]);
});

test('at its end it sends what there is, or says that it could not', () => {
  take(2);
  exporter.isFree = false;
  batcher.close();
  expect([counts(), dropped]).toEqual([[], [2]]);
  batcher.close();
  expect(dropped).toEqual([2]);
});

test('a span that no batch has room for is dropped', () => {
  take(1, '/'.padEnd(2000, 'x'));
  take(1);
  batcher.close();
  expect([counts(), dropped]).toEqual([[1], [1]]);
});

test('a batch is written into the memory of an earlier one', () => {
  exporter.spare = new SharedArrayBuffer(1000);
  take(1);
  batcher.close();
  expect(sent[0]?.body.buffer).toBe(exporter.spare);
});
