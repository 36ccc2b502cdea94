import { describe, expect, test } from '@jest/globals';
import { expectWellFormed, readableHtml } from '../../test/readable.ts';
import { type Better, type Comparison, difference } from './comparison.ts';
import {
  renderComparisonHtml,
  renderComparisonMarkdown,
  renderComparisonTerminal,
} from './render-comparison.ts';

const against = (first: number | null, value: number | null, better: Better) =>
  difference({ first, value, better }, (amount) => `${amount} ms`);

describe('a difference', () => {
  test.each([
    [100, 88, 'lower', '12 % lower, better', 'better'],
    [100, 112, 'lower', '12 % higher, worse', 'worse'],
    [100, 101.5, 'higher', '1.5 % higher, better', 'better'],
    [100, 50, 'neither', '50 % lower', 'different'],
    [100, 100.4, 'lower', 'the same', 'same'],
    [0, 0, 'lower', 'the same', 'same'],
    [0, 3, 'lower', '3 ms higher, worse', 'worse'],
    [0.01, 5, 'lower', '4.99 ms higher, worse', 'worse'],
    [-4, -2, 'neither', '50 % higher', 'different'],
    [null, 3, 'lower', 'not known', 'unknown'],
  ] as const)(
    'of %p and %p, of which %s is better, reads %j',
    (...[first, value, better, words, judgement]) => {
      expect(against(first, value, better)).toMatchObject({ words, judgement });
    },
  );
});

const comparison: Comparison = {
  schemaVersion: 1,
  kind: 'comparison',
  subjects: ['before', '<script>alert(1)</script>'].map((name) => ({
    ...{ name, kind: 'run on the twin', startedAt: '2026-01-05T10:00:00.000Z', passed: true },
  })),
  figures: [
    {
      ...{ id: 'p95', label: 'latency p95', unit: 'ms', better: 'lower', values: [40, 30] },
      differences: [against(40, 30, 'lower')],
    },
  ],
  setup: [{ name: 'capacity.max', values: ['6', '9'] }],
};

describe('a comparison', () => {
  test('says the same in every form', () => {
    const texts = [
      renderComparisonTerminal(comparison, 100),
      renderComparisonMarkdown(comparison),
      readableHtml(renderComparisonHtml(comparison)),
    ];
    for (const text of texts) {
      for (const fact of [
        'latency p95',
        '40 ms',
        '30 ms',
        '25 % lower, better',
        '1 figures better',
        'capacity.max',
      ])
        expect(text).toContain(fact);
    }
  });

  test('is a page that is well-formed and runs nothing', () => {
    const page = renderComparisonHtml(comparison);
    expectWellFormed(page);
    expect(page).not.toContain('<script');
  });

  test('without a setting that differs says so', () => {
    expect(renderComparisonTerminal({ ...comparison, setup: [] }, 100)).toContain('differ in no setting');
  });
});
