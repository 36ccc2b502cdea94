import { expect, test } from '@jest/globals';
import { AnswerCounts } from './answer-counts.ts';

test('every request of an endpoint is in one class, and every answer under its status', () => {
  const counts = new AnswerCounts([
    { method: 'GET', path: '/' },
    { method: 'POST', path: '/cart' },
  ]);
  for (const status of [200, 204, 301, 304, 404, 502, 503, 101, 777]) counts.answered(0, status, 12);
  counts.answered(1, 303, 0);
  counts.unanswered(1);
  expect(counts.figures()).toMatchObject([
    {
      endpoint: 'GET /',
      classes: { '2xx': 2, '3xx': 2, '4xx': 1, '5xx': 2, other: 2, none: 0 },
      statuses: { 101: 1, 200: 1, 204: 1, 301: 1, 304: 1, 404: 1, 502: 1, 503: 1, 777: 1 },
      empty: 0,
    },
    {
      endpoint: 'POST /cart',
      classes: { '2xx': 0, '3xx': 1, '4xx': 0, '5xx': 0, other: 0, none: 1 },
      statuses: { 303: 1 },
      empty: 0,
    },
  ]);
});

test('answers of 2xx without a body are counted as that', () => {
  const counts = new AnswerCounts([{ method: 'GET', path: '/' }]);
  counts.answered(0, 200, 0);
  counts.answered(0, 204, 0);
  counts.answered(0, 200, 1);
  counts.answered(0, 404, 0);
  expect(counts.figures()[0]?.empty).toBe(2);
});

test('the latency of each endpoint is its own', () => {
  const counts = new AnswerCounts([
    { method: 'GET', path: '/' },
    { method: 'POST', path: '/cart' },
  ]);
  counts.timed(0, 10);
  counts.timed(0, 10);
  counts.timed(1, 500);
  expect(counts.figures().map(({ latencyMs }) => Math.round(latencyMs?.p95 ?? 0))).toEqual([10, 500]);
});
