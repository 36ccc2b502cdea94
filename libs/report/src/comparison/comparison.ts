import * as z from 'zod';

const betterSchema = z
  .enum(['lower', 'higher', 'neither'])
  .describe('Whether a figure had better be low or high; neither where that depends.');

const subjectSchema = z.strictObject({
  name: z.string().describe('As the user named it.'),
  kind: z.string().describe('What it is, such as a run on the twin.'),
  startedAt: z.string(),
  passed: z.boolean().nullable().describe('Null where nothing was judged.'),
});

const differenceSchema = z
  .strictObject({
    percent: z
      .number()
      .nullable()
      .describe('Change in per cent of the first; null where the first is zero or one is not known.'),
    judgement: z.enum(['better', 'worse', 'same', 'different', 'unknown']),
    words: z.string().describe('Such as 12 % lower, better.'),
  })
  .describe('How a value stands to the one of the first subject.');

const figureSchema = z.strictObject({
  id: z.string(),
  label: z.string(),
  unit: z.string(),
  better: betterSchema,
  values: z
    .array(z.number().nullable())
    .readonly()
    .describe('Of each subject, in their order; null where it is not known.'),
  differences: z.array(differenceSchema).readonly().describe('Of each subject after the first.'),
});

const settingSchema = z.strictObject({
  name: z.string(),
  values: z.array(z.string().nullable()).readonly().describe('Null where a subject has none.'),
});

/** Figures of two or more runs or simulations, set against the first: what `tideline compare --json` prints. */
export const comparisonSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('comparison'),
  subjects: z.array(subjectSchema).readonly(),
  figures: z.array(figureSchema).readonly(),
  setup: z.array(settingSchema).readonly().describe('Settings in which they differ.'),
});

export type Better = z.infer<typeof betterSchema>;
export type ComparedSubject = Readonly<z.infer<typeof subjectSchema>>;
export type Difference = Readonly<z.infer<typeof differenceSchema>>;
export type ComparedFigure = Readonly<z.infer<typeof figureSchema>>;
export type ComparedSetting = Readonly<z.infer<typeof settingSchema>>;
export type Comparison = Readonly<z.infer<typeof comparisonSchema>>;

/** Less than this, per cent, is no difference. */
const samePercent = 0.5;

/** How a value stands to the first one, in words that need no colour. @param format with its unit */
export function difference(
  {
    first,
    value,
    better,
  }: { readonly first: number | null; readonly value: number | null; readonly better: Better },
  format: (amount: number) => string,
): Difference {
  if (first === null || value === null) return { percent: null, judgement: 'unknown', words: 'not known' };
  const change = value - first;
  const percent = first === 0 ? null : (change / Math.abs(first)) * 100;
  if (change === 0 || (percent !== null && Math.abs(percent) < samePercent))
    return { percent: percent ?? 0, judgement: 'same', words: 'the same' };
  const direction = change > 0 ? 'higher' : 'lower';
  const amount =
    percent === null || Math.abs(percent) >= 1000
      ? format(Math.abs(change))
      : `${percentText(Math.abs(percent))} %`;
  if (better === 'neither') return { percent, judgement: 'different', words: `${amount} ${direction}` };
  const judgement = better === direction ? 'better' : 'worse';
  return { percent, judgement, words: `${amount} ${direction}, ${judgement}` };
}

const percentText = (percent: number): string => (percent < 10 ? percent.toFixed(1) : percent.toFixed(0));
