import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isLeftOut, type RemoteTrace, remoteTrace } from './remote-trace.ts';
import { isInShare } from './sampled-share.ts';

const w3cId = '0af7651916cd43dd8448eb211c80319c';
const w3c = `00-${w3cId}-b7ad6b7169203331-01`;
const xrayId = '5759e988bd862e3fe1be46a994272793';
const root = 'Root=1-5759e988-bd862e3fe1be46a994272793';

describe('the trace of a request', () => {
  test.each<
    [
      title: string,
      traceparent: string | undefined,
      amznTraceId: string | undefined,
      expected: RemoteTrace | undefined,
    ]
  >([
    ['W3C’s parent', w3c, undefined, { traceId: w3cId, parentSpanId: 'b7ad6b7169203331', isSampled: true }],
    [
      'W3C’s parent that is not sampled',
      w3c.replace(/1$/, '0'),
      undefined,
      { traceId: w3cId, parentSpanId: 'b7ad6b7169203331', isSampled: false },
    ],
    [
      'a balancer’s root, without a decision on sampling',
      undefined,
      root,
      { traceId: xrayId, parentSpanId: undefined, isSampled: undefined },
    ],
    [
      'a root behind a balancer’s own part',
      undefined,
      `Self=1-5759e988-000000000000000000000001;${root}`,
      { traceId: xrayId, parentSpanId: undefined, isSampled: undefined },
    ],
    [
      'X-Ray’s parent',
      undefined,
      `${root};Parent=53995c3f42cd8ad8;Sampled=1`,
      { traceId: xrayId, parentSpanId: '53995c3f42cd8ad8', isSampled: true },
    ],
    [
      'a decision without a parent',
      undefined,
      `${root};Sampled=0`,
      { traceId: xrayId, parentSpanId: undefined, isSampled: false },
    ],
    ['neither', undefined, undefined, undefined],
    ['what is malformed', '00-zz', 'Root=1-5759e988-xyz', undefined],
    ['all zeros', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`, undefined, undefined],
  ])('is that of %s', (_, ...[traceparent, amznTraceId, expected]) => {
    for (const propagation of ['w3c', 'xray'] as const)
      expect(remoteTrace({ traceparent, amznTraceId }, propagation)).toEqual(expected);
  });

  test('is, of two, the one that is preferred', () => {
    const both = { traceparent: w3c, amznTraceId: root };
    expect(remoteTrace(both, 'w3c')?.traceId).toBe(w3cId);
    expect(remoteTrace(both, 'xray')?.traceId).toBe(xrayId);
  });

  test('is left out by a look at a balancer’s header exactly where its id says so', () => {
    const digits = fc.string({
      unit: fc.constantFrom(...Array.from('0123456789abcdef')),
      minLength: 24,
      maxLength: 24,
    });
    fc.assert(
      fc.property(digits, fc.double({ min: 0, max: 1, noNaN: true }), (unique, share) => {
        const amznTraceId = `Root=1-5759e988-${unique}`;
        expect(isLeftOut({ traceparent: undefined, amznTraceId }, share)).toBe(
          !isInShare(`5759e988${unique}`, share),
        );
      }),
    );
    expect(isLeftOut({ traceparent: w3c, amznTraceId: root }, 0)).toBe(false);
    expect(isLeftOut({ traceparent: undefined, amznTraceId: `${root};Sampled=1` }, 0)).toBe(false);
  });
});
