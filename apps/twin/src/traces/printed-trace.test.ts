import { expect, test } from '@jest/globals';
import { otlpRequestSchema } from './otlp-request.ts';
import { printedTraces } from './printed-trace.ts';

const text = (stringValue: string) => ({ stringValue });
const times = (from: number, to: number) => ({
  startTimeUnixNano: `${from}000000`,
  endTimeUnixNano: `${to}000000`,
});

test('spans are lines below the ones that they belong to, in the order of their beginning', () => {
  const request = otlpRequestSchema.parse({
    resourceSpans: [
      {
        resource: {
          attributes: [
            { key: 'service.instance.id', value: text('task-1') },
            { key: 'cloud.availability_zone', value: text('eu-west-1a') },
          ],
        },
        scopeSpans: [
          {
            spans: [
              { traceId: 'a', spanId: '2', parentSpanId: '1', name: 'DEL cache:6379', ...times(30, 35) },
              {
                ...{
                  traceId: 'a',
                  spanId: '3',
                  parentSpanId: '1',
                  name: 'GETEX cache:6379',
                  ...times(20, 29),
                },
                attributes: [{ key: 'error.type', value: text('StoreUnavailable') }],
                status: { code: 2 },
              },
              {
                ...{
                  traceId: 'a',
                  spanId: '1',
                  parentSpanId: 'client',
                  name: 'GET /session',
                  ...times(10, 40),
                },
                attributes: [{ key: 'http.response.status_code', value: { intValue: 503 } }],
              },
              { traceId: 'b', spanId: '4', name: 'GET /', ...times(1, 2) },
            ],
          },
        ],
      },
    ],
  });
  expect(printedTraces(request)).toEqual([
    'trace a',
    '  GET /session  503  30.0 ms  task-1 in eu-west-1a',
    '    GETEX cache:6379  9.0 ms  failed: StoreUnavailable',
    '    DEL cache:6379  5.0 ms',
    'trace b',
    '  GET /  1.0 ms  task-1 in eu-west-1a',
  ]);
});
