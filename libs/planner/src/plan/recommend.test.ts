import { describe, expect, test } from '@jest/globals';
import { outcome } from '../../test/subjects.ts';
import { type PlanLimits, recommend } from './recommend.ts';

type Figures = readonly [usd: number, above: number, short: number];
const none: PlanLimits = { maxShortPercent: null, budgetUsdPerMonth: null, maxUnits: null };

/** Each candidate by its name, under two conditions: as measured, and another one. */
function chosen(
  current: readonly [Figures, Figures],
  candidates: Readonly<Record<string, readonly [Figures, Figures]>>,
  limits: Partial<PlanLimits> = {},
) {
  const contenders = Object.entries(candidates).map(([name, figures]) => ({
    name,
    outcomes: figures.map((each) => outcome(...each)),
  }));
  const { name, choice } = recommend(
    contenders,
    current.map((each) => outcome(...each)),
    {
      ...none,
      ...limits,
    },
  );
  return [name, choice];
}

const now = [
  [100, 1, 4],
  [100, 2, 8],
] as const;

describe('without limits', () => {
  test('clearly cheaper comes first, if under no condition more requests arrive above capacity', () => {
    const cheap = [
      [60, 0.5, 4],
      [60, 1, 8],
    ] as const;
    const risky = [
      [50, 0.5, 4],
      [50, 3, 8],
    ] as const;
    expect(
      chosen(now, {
        cheap,
        risky,
        safe: [
          [100, 0.1, 1],
          [100, 0.1, 1],
        ],
      }),
    ).toEqual(['cheap', 'cheaper']);
  });

  test('else less than half the time with too few units, for hardly more', () => {
    const safe = [
      [104, 0.1, 1],
      [104, 0.1, 1],
    ] as const;
    const dear = [
      [110, 0, 0],
      [110, 0, 0],
    ] as const;
    expect(chosen(now, { safe, dear })).toEqual(['safe', 'safer']);
  });

  test('of several with hardly any time with too few units, the one that costs least under every condition', () => {
    const plain = [
      [99, 1, 0.7],
      [100, 2, 1.5],
    ] as const;
    const dear = [
      [98, 0, 0],
      [106, 0, 0],
    ] as const;
    expect(chosen(now, { dear, plain })).toEqual(['plain', 'safer']);
  });

  test('what is dear under another condition is not hardly more', () => {
    expect(
      chosen(now, {
        floor: [
          [104, 0.1, 1],
          [120, 0.1, 1],
        ],
      }),
    ).toEqual([null, 'keep']);
  });

  test('what is negligible under another condition is no worse than nothing', () => {
    const clean = [
      [100, 1, 4],
      [100, 0, 0],
    ] as const;
    expect(
      chosen(clean, {
        safe: [
          [104, 0.1, 1],
          [104, 0.1, 0.5],
        ],
      }),
    ).toEqual(['safe', 'safer']);
    expect(
      chosen(clean, {
        safe: [
          [104, 0.1, 1],
          [104, 0.2, 0.5],
        ],
      }),
    ).toEqual([null, 'keep']);
  });

  test('else better in one respect and no worse in the other, under every condition', () => {
    expect(
      chosen(now, {
        better: [
          [95, 0.9, 3.5],
          [95, 1.9, 7],
        ],
      }),
    ).toEqual(['better', 'better']);
    expect(
      chosen(now, {
        worse: [
          [95, 0.9, 3.5],
          [95, 2.1, 7],
        ],
      }),
    ).toEqual([null, 'keep']);
  });

  test('where the traffic is not carried, and nothing of its price does, the cheapest that carries it', () => {
    const short = [
      [100, 20, 40],
      [100, 30, 50],
    ] as const;
    const candidates = {
      carries: [
        [180, 0.09, 1],
        [180, 2, 5],
      ],
      carriesDearly: [
        [200, 0.01, 1],
        [200, 0.02, 1],
      ],
      hardly: [
        [150, 0.2, 2],
        [150, 3, 8],
      ],
    } as const;
    expect(chosen(short, candidates)).toEqual(['carries', 'enough']);
  });

  test('keeps what there is where nothing was found', () => {
    expect(chosen(now, {})).toEqual([null, 'keep']);
  });
});

describe('with limits', () => {
  const candidates = {
    cheap: [
      [50, 2, 9],
      [55, 3, 9],
    ],
    fair: [
      [80, 0.05, 1],
      [90, 0.08, 1],
    ],
    safe: [
      [120, 0, 0],
      [130, 0, 0],
    ],
  } as const;

  test('the cheapest that keeps them under every condition, with some room', () => {
    expect(chosen(now, candidates, { maxShortPercent: 0.1 })).toEqual(['fair', 'cheapest-within-limits']);
    expect(chosen(now, candidates, { maxShortPercent: 0.09 })).toEqual(['safe', 'cheapest-within-limits']);
  });

  test('the fewest requests above capacity that a budget buys, at its highest', () => {
    expect(chosen(now, candidates, { budgetUsdPerMonth: 89 })).toEqual(['cheap', 'best-within-budget']);
    expect(chosen(now, candidates, { budgetUsdPerMonth: 90 })).toEqual(['fair', 'best-within-budget']);
  });

  test('what comes nearest where nothing keeps them', () => {
    const limits = { maxShortPercent: 0.01, budgetUsdPerMonth: 100 };
    expect(chosen(now, candidates, limits)).toEqual(['fair', 'nearest-to-limits']);
  });

  test('what costs least where the budget buys nothing', () => {
    expect(chosen(now, candidates, { budgetUsdPerMonth: 10 })).toEqual(['cheap', 'nearest-to-budget']);
  });

  test('what there is, where no candidate keeps them as well', () => {
    const { safe } = candidates;
    expect(chosen(now, { safe }, { budgetUsdPerMonth: 10 })).toEqual([null, 'nearest-to-budget']);
    expect(chosen(now, { safe }, { budgetUsdPerMonth: 110 })).toEqual([null, 'best-within-budget']);
    expect(chosen(now, { safe }, { maxShortPercent: 3 })).toEqual([null, 'cheapest-within-limits']);
  });

  test('what there is is not kept where it runs more units than may run', () => {
    const worse: Readonly<Record<string, readonly Figures[]>> = {
      few: [
        [60, 20, 40],
        [60, 30, 50],
      ],
      fewer: [
        [50, 30, 50],
        [50, 40, 60],
      ],
      dearer: [
        [70, 20, 40],
        [70, 30, 50],
      ],
    };
    const units = (most: number) => now.map((each: Figures) => ({ ...outcome(...each), peakUnits: most }));
    const contenders = Object.entries(worse).map(([name, figures]) => ({
      name,
      outcomes: figures.map((each) => outcome(...each)),
    }));
    const limits = { ...none, maxUnits: 4 };
    expect(recommend(contenders, units(4), limits)).toEqual({ name: null, choice: 'keep' });
    expect(recommend(contenders, units(5), limits)).toEqual({ name: 'few', choice: 'best-within-maximum' });
  });
});
