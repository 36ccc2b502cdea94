import { beforeEach, expect, test } from '@jest/globals';
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ExportAnswer, ExportRequest, StartExportThread } from './export-job.ts';
import { RecordedSpan } from './recorded-span.ts';
import { ThreadExporter } from './thread-exporter.ts';

const job = { kind: 'export', url: 'http://127.0.0.1:4318/v1/traces', timeoutMs: 3000 } as const;
const { SUCCESS, FAILED } = ExportResultCode;

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
const results: ExportResult[] = [];
let exporter: ThreadExporter;

beforeEach(() => {
  threads.length = warnings.length = results.length = 0;
  const start: StartExportThread = (asked, events) => {
    expect(asked).toBe(job);
    const thread = new IdleThread(events);
    threads.push(thread);
    return thread;
  };
  exporter = new ThreadExporter({ job, start }, (message) => warnings.push(message));
});

const span = new RecordedSpan(
  { resource: resourceFromAttributes({}), scope: { name: 'test', version: '1' } },
  {
    traceId: '6b0d5d28ee0bdc9814ce82e77e9a23ef',
    spanId: '0f393d1f51f7639b',
    parentSpanId: undefined,
    hasRemoteParent: false,
    amznTraceId: undefined,
  },
);
const exportSpans = (count: number): void =>
  exporter.export(Array<RecordedSpan>(count).fill(span), (result) => results.push(result));

test('a batch is sent as OTLP, and its result is that of the thread, which is kept for as long as one waits', () => {
  exportSpans(2);
  exportSpans(1);
  const [thread] = threads;
  expect(thread?.sent.map(({ id, spanCount }) => [id, spanCount])).toEqual([
    [0, 2],
    [1, 1],
  ]);
  const text = Buffer.from(thread?.sent[0]?.body ?? []).toString('utf8');
  expect(text.match(/"traceId":"6b0d5d28ee0bdc9814ce82e77e9a23ef"/g)).toHaveLength(2);
  thread?.answer({ id: 1, code: FAILED, error: 'Bad Request', spare: undefined });
  expect(results).toEqual([{ code: FAILED, error: new Error('Bad Request') }]);
  expect(thread?.isKept).toBe(true);
  thread?.answer({ id: 0, code: SUCCESS, error: undefined, spare: undefined });
  expect(results[1]).toEqual({ code: SUCCESS });
  expect(thread?.isKept).toBe(false);
  exportSpans(1);
  expect(thread?.isKept).toBe(true);
  expect(threads).toHaveLength(1);
});

test('what a thread was sending fails when it dies, and the next batch has a new one', () => {
  exportSpans(1);
  exportSpans(1);
  threads[0]?.end(new Error('out of memory'));
  const failed = { code: FAILED, error: new Error('out of memory') };
  expect(results).toEqual([failed, failed]);
  exportSpans(1);
  threads[1]?.answer({ id: 2, code: SUCCESS, error: undefined, spare: undefined });
  expect(results[2]).toEqual({ code: SUCCESS });
  // Late, from the first one.
  threads[0]?.answer({ id: 0, code: SUCCESS, error: undefined, spare: undefined });
  expect(results).toHaveLength(3);
});

test('a batch is written into the memory of one that has been sent', () => {
  exportSpans(2);
  const sent = threads[0]?.sent[0]?.body;
  const text = (body = new Uint8Array()) => Buffer.from(body).toString('utf8');
  const written = text(sent);
  threads[0]?.answer({ id: 0, code: SUCCESS, error: undefined, spare: sent });
  exportSpans(1);
  exportSpans(2);
  const [, second, third] = threads[0]?.sent ?? [];
  expect(second?.body.buffer).toBe(sent?.buffer);
  expect(second?.body.length).toBeLessThan(written.length);
  expect(third?.body.buffer).not.toBe(sent?.buffer);
  expect(text(third?.body)).toBe(written);
});

test('what OpenTelemetry says in the thread is said here', () => {
  exportSpans(1);
  threads[0]?.answer({ warning: 'Export failed after maximum retry attempts' });
  expect(warnings).toEqual(['Export failed after maximum retry attempts']);
  expect(results).toEqual([]);
});

test('nothing starts for no spans, and nothing is left to end', async () => {
  exportSpans(0);
  expect(results).toEqual([{ code: SUCCESS }]);
  await exporter.shutdown();
  expect(threads).toEqual([]);
});

test('its end is that of the thread', async () => {
  exportSpans(1);
  await exporter.shutdown();
  expect(threads[0]?.isEnded).toBe(true);
});
