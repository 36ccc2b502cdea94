import ofDecisions from './explanations-of-decisions.mjs';
import ofForecasts from './explanations-of-forecasts.mjs';

/** Files, and what of them; a change matches by the text that it replaces, by its line, or by what replaces it. */
const explanations = [
  ...ofForecasts,
  ...ofDecisions,
  {
    matches: ({ original, replacement }) => original.includes('?.') && !replacement.includes('?.'),
    reason: 'The compiler asks for `?.`; the value is never missing there.',
  },
  {
    matches: ({ path, line }) =>
      path.endsWith('alarm.ts') && /datapoint === undefined|case 'missing'/.test(line),
    reason: 'Equivalent: an index in range has a datapoint, and the last case of the switch falls out of it.',
  },
  {
    matches: ({ path, line }) =>
      path.endsWith('evaluate-scaling.ts') && /stance|between|mayAct|newsBelow|empty|scheduled/.test(line),
    reason: 'A shortcut for speed: without it the same is decided, with more work.',
  },
  {
    matches: ({ path, line }) =>
      path.endsWith('target-tracking.ts') && /state\.(max|min)|'between'|return 'silent'/.test(line),
    reason: 'The stance of a policy only saves work: without it the same is decided.',
  },
  {
    matches: ({ path, line }) =>
      /evaluate-alarms|scheduled-actions|gather-candidates/.test(path) &&
      /due |due\.length|sourceKeys\.length|scheduledActions\.length|!due|spokesman/.test(line),
    reason: 'A shortcut for speed, or for the compiler: the general case gives the same.',
  },
  {
    matches: ({ path, line }) =>
      /reported|holdsCapacity: \(\) => false/.test(line) && path.includes('evaluate'),
    reason: 'Equivalent: undefined, false and null are asked for as one here, or an equal object is made.',
  },
  {
    matches: ({ path, line }) => path.endsWith('step-adjustment.ts') && /change|< 1/.test(line),
    reason: 'Equivalent: zero, and a whole number, round to themselves either way.',
  },
  {
    matches: ({ path, line }) =>
      path.endsWith('share-bounds.ts') && /divergence|halving|requests > 0/.test(line),
    reason: 'Equivalent: two real numbers are never equal, and one halving more changes no count.',
  },
  {
    matches: ({ path, line }) => path.endsWith('quantity.ts') && /size|perSecond/.test(line),
    reason: 'Equivalent: 1 and 100 are written alike with and without digits.',
  },
  {
    matches: ({ original, replacement }) =>
      [...'<>'].some((sign) => original.includes(sign)) &&
      original.replaceAll(/[<>]=?/g, '') === replacement.replaceAll(/[<>]=?/g, ''),
    reason: 'The end of an interval: not examined one by one.',
  },
];

/** The reason why a change is not noticed. */
export const explanationOf = (change) =>
  explanations.find(({ matches }) => matches(change))?.reason ?? 'Not explained: a test is missing.';
