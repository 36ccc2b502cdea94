import { traceError } from '../trace-codes.ts';
import type { TraceUnit } from './even-steps.ts';

/** What a value says, and over how many seconds it does where it is a rate. */
export interface NamedUnit {
  /** Null: nothing says what a value is. */
  readonly unit: TraceUnit | null;
  /** Seconds that a rate counts for: 60 for requests per minute; 1 for counts. */
  readonly perSeconds: number;
}

const lengths: readonly (readonly [names: RegExp, seconds: number])[] = [
  [/^(?:ms|milliseconds?)$/, 0.001],
  [/^(?:s|secs?|seconds?)$/, 1],
  [/^(?:m|mins?|minutes?)$/, 60],
  [/^(?:h|hrs?|hours?)$/, 3600],
  [/^(?:d|days?)$/, 86_400],
  [/^(?:w|wks?|weeks?)$/, 604_800],
];

/** Requests, queries and transactions by their initials, with what they are counted over. */
const initials = /\b(?:avg|max|mean|peak|total)?[rqt]p([smhd])\b/;
/** “per 5 minutes”, “/s”, “persec”; a single letter only behind a word of its own. */
const overTime =
  /(?:\bper(?: |(?=\d))|[a-z\d)] ?\/ ?)(\d+)? ?([a-z]+)|per(sec|second|min|minute|hour|day)s?\b/g;
const thousands = /\b(?:[km](?:[rqt]p[smhd]|reqs?|requests?)|kilo|mega|thousands?|millions?)\b/;
const rates = /rate(?![a-rt-z])|\bps$/;
const counts = /count|requests?\b|sum\b|hits|total|invocations/;

/**
 * What the name of a column or a metric says of its values; what the user says of them comes before it.
 * @param name as in the file: `requests_per_minute`, `RPM`, `req/s`
 * @throws UsageError TL-TRACE-UNIT where the name says what cannot be read, or contradicts the user
 */
export function namedUnit(
  name: string,
  { given, where }: { readonly given: TraceUnit | undefined; readonly where: string },
): NamedUnit {
  const said = unitIn(wordsOf(name));
  if (given === undefined && typeof said !== 'string') return said;
  if (given === undefined)
    throw traceError(
      'TL-TRACE-UNIT',
      `${where}: "${name}" says ${said as string}; allowed are counts (requests), and rates per second, minute, hour, day or week (requests_per_minute, rph, req/5min): say what a value is with --trace-unit, and multiply with --scale, or name another column with --trace-column`,
    );
  if (given === 'rate' && typeof said !== 'string' && said.perSeconds !== 1)
    throw traceError(
      'TL-TRACE-UNIT',
      `--trace-unit rate: a value is requests per second, and "${name}" in ${where} says per ${said.perSeconds} s; leave --trace-unit out, or rename the column`,
    );
  return { unit: given, perSeconds: 1 };
}

/** The unit of all files of a trace; one that says nothing goes by the others. @throws UsageError TL-TRACE-UNIT where two differ */
export function commonUnit(
  before: TraceUnit | null,
  next: TraceUnit | null,
  where: string,
): TraceUnit | null {
  if (before === null || next === null || before === next) return before ?? next;
  throw traceError(
    'TL-TRACE-UNIT',
    `${where}: its values are a ${next}, and those of the files before it a ${before}; allowed is one kind in one trace: convert the file, or leave it out`,
  );
}

const wordsOf = (name: string): string =>
  name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/[^a-z\d/()]+/g, ' ')
    .trim();

/** @returns the unit, or the words that have none */
function unitIn(words: string): NamedUnit | string {
  const [many] = thousands.exec(words) ?? [];
  if (many !== undefined) return `"${many}", which is more than one request`;
  let perSeconds: number | undefined;
  for (const [text, number = '1', word, joined = word ?? ''] of words.matchAll(overTime)) {
    const seconds = lengths.find(([names]) => names.test(joined))?.[1];
    // A slash without a length is a path, or one of two names.
    if (seconds === undefined && text.startsWith('per'))
      return `"${text.trim()}", which is no length of time`;
    if (seconds !== undefined) perSeconds ??= Number(number) * seconds;
  }
  const [, letter] = initials.exec(words) ?? [];
  if (letter !== undefined) perSeconds ??= lengths.find(([names]) => names.test(letter))?.[1];
  if (perSeconds !== undefined && perSeconds > 0) return { unit: 'rate', perSeconds };
  if (rates.test(words)) return { unit: 'rate', perSeconds: 1 };
  return { unit: counts.test(words) ? 'count' : null, perSeconds: 1 };
}
