import { newTraceId, type TraceId, traceIdOf } from './trace-ids.ts';

/** Where the 56 bits of an id begin that are random (W3C Trace Context 2, “Random Trace ID Flag”): the first 32 of them decide. */
const decidingFrom = 18;
const decidingDigits = 8;
const decidingRange = 2 ** 32;

/**
 * Whether a trace is in the share that is sampled. By its id alone, so that all who see the trace decide alike (OpenTelemetry,
 * consistent probability sampling: a trace is sampled when its random value is not below 1 − share).
 * @param share from 0 to 1
 * @param idAt where the last 24 digits of the id begin in the text. @default the text is an id
 * @returns false for what is no hexadecimal number
 */
export const isInShare = (text: string, share: number, idAt = 8): boolean =>
  share >= 1 || decidingValue(text, idAt + decidingFrom - 8) >= (1 - share) * decidingRange;

/** By hand: `parseInt` with a base takes several times as long, for each request that is not traced. @returns NaN for other digits */
function decidingValue(text: string, from: number): number {
  let value = 0;
  for (let at = from; at < from + decidingDigits; at += 1) {
    const code = text.charCodeAt(at) | 0x20;
    const isLetter = code >= 0x61 && code <= 0x66;
    if (!isLetter && !(code >= 0x30 && code <= 0x39)) return NaN;
    value = value * 16 + (isLetter ? code - 0x57 : code - 0x30);
  }
  return value;
}

/**
 * The id of a trace that begins here. What decides is drawn first, and the rest only for a trace that is sampled.
 * @param share from 0 to 1; `isInShare` says the same of the id
 * @param random from 0 to 1, without 1
 * @returns undefined for a trace that is not sampled
 */
export function newSampledTraceId(share: number, random: () => number = Math.random): TraceId | undefined {
  if (share >= 1) return newTraceId();
  const value = Math.floor(random() * decidingRange);
  if (value < (1 - share) * decidingRange) return undefined;
  const deciding = value.toString(16).padStart(decidingDigits, '0');
  const { digits } = newTraceId();
  return traceIdOf(digits.slice(0, decidingFrom) + deciding + digits.slice(decidingFrom + decidingDigits));
}
