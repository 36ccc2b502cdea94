import { describe, expect, test } from '@jest/globals';
import { type PartChoice, choosePart } from './choose-part.ts';

/** 10 steps of a minute: demand 1 1 2 2 1 | 1 3 1 1 1 at 10 requests/s of a unit. */
const rates = [10, 10, 20, 20, 10, 10, 30, 10, 10, 10];
const both = { scaleOuts: 1, scaleIns: 1 };

const choice = (given: Partial<PartChoice> = {}): PartChoice => ({
  trace: { stepSeconds: 60, requestsPerSecond: rates },
  of: { fromStep: 0, steps: 10 },
  unitRequestsPerSecond: 10,
  lengthsSeconds: [300],
  movesIn: () => both,
  ...given,
});

describe('the part that is run', () => {
  test('has the demand that is most like the whole', () => {
    // Of the whole 7/10 are at 1, 2/10 at 2, 1/10 at 3; from step 3 on 3/5, 1/5 and 1/5.
    expect(choosePart(choice())).toEqual({
      ...both,
      ...{ fromStep: 3, steps: 5 },
      distancePercent: expect.closeTo(10, 9),
    });
  });

  test('holds a scale-out and a scale-in, though another is more like the whole', () => {
    const found = choosePart(
      choice({ movesIn: ({ fromStep }) => (fromStep === 0 ? both : { scaleOuts: 2, scaleIns: 0 }) }),
    );
    expect(found).toMatchObject({ fromStep: 0, ...both });
  });

  test('is longer only where no shorter one holds both', () => {
    const lengthsSeconds = [120, 300, 600];
    const movesIn: PartChoice['movesIn'] = ({ steps }) => (steps < 5 ? { scaleOuts: 0, scaleIns: 1 } : both);
    expect(choosePart(choice({ lengthsSeconds, movesIn })).steps).toBe(5);
    const never = choosePart(choice({ lengthsSeconds, movesIn: () => ({ scaleOuts: 0, scaleIns: 1 }) }));
    expect(never.steps).toBe(2);
  });

  test('lies within the part that was held out, and is no longer than it', () => {
    const held = choosePart(choice({ of: { fromStep: 6, steps: 4 } }));
    expect(held).toMatchObject({ fromStep: 6, steps: 4, distancePercent: 0 });
  });

  test('takes two steps', () => {
    expect(() => choosePart(choice({ of: { fromStep: 9, steps: 1 } }))).toThrow(/takes 2 steps; got 1/);
  });
});
