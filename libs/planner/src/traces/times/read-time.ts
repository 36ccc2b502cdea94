/** A time as it is written. */
export interface WrittenTime {
  /** Milliseconds since 1970; of a local time as if it were UTC. */
  readonly ms: number;
  /** Offset from UTC in minutes as it is written; null: none is, so the time is local. */
  readonly offsetMinutes: number | null;
}

const digitAt = (text: string, index: number): number => {
  const digit = text.charCodeAt(index) - 48;
  return digit >= 0 && digit <= 9 ? digit : NaN;
};
const two = (text: string, index: number): number => digitAt(text, index) * 10 + digitAt(text, index + 1);

/**
 * Reads `YYYY-MM-DD`, then nothing, or `T` or a space and `HH:MM`, `HH:MM:SS` or `HH:MM:SS.fff…`, then nothing, `Z`,
 * `UTC`, or an offset such as `+02:00`, `+0200` or `+02`; or seconds (from 10^8 to 10^11) or milliseconds (from 10^11 to 10^14) since 1970.
 * @returns undefined for anything else, such as 30 February or a date with its day first
 */
export function readTime(text: string): WrittenTime | undefined {
  return text.charCodeAt(4) === 45 ? readCalendarTime(text) : readEpoch(text);
}

function readEpoch(text: string): WrittenTime | undefined {
  if (!/^\d{9,15}(\.\d+)?$/.test(text)) return undefined;
  const number = Number(text);
  if (number >= 1e14) return undefined;
  return { ms: Math.round(number >= 1e11 ? number : number * 1000), offsetMinutes: 0 };
}

function readCalendarTime(text: string): WrittenTime | undefined {
  const [year, month, day] = [two(text, 0) * 100 + two(text, 2), two(text, 5), two(text, 8)];
  const isDay = text.charCodeAt(7) === 45 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  if (!isDay || Number.isNaN(year)) return undefined;
  const midnight = Date.UTC(year, month - 1, day);
  if (new Date(midnight).getUTCDate() !== day) return undefined;
  if (text.length === 10) return { ms: midnight, offsetMinutes: null };
  const [separator, colon] = [text.charCodeAt(10), text.charCodeAt(13)];
  const [hour, minute] = [two(text, 11), two(text, 14)];
  if ((separator !== 84 && separator !== 32) || colon !== 58 || !(hour <= 23 && minute <= 59))
    return undefined;
  const clock = midnight + (hour * 60 + minute) * 60_000;
  return text.charCodeAt(16) === 58 ? withSeconds(text, clock) : withZone(text.slice(16), clock);
}

function withSeconds(text: string, minuteMs: number): WrittenTime | undefined {
  const second = two(text, 17);
  if (!(second <= 59)) return undefined;
  let end = 19;
  let fractionMs = 0;
  if (text.charCodeAt(19) === 46 || text.charCodeAt(19) === 44) {
    end = 20;
    while (!Number.isNaN(digitAt(text, end))) end += 1;
    if (end === 20) return undefined;
    fractionMs = Math.floor(Number(`0.${text.slice(20, end)}`) * 1000);
  }
  return withZone(text.slice(end), minuteMs + second * 1000 + fractionMs);
}

function withZone(suffix: string, ms: number): WrittenTime | undefined {
  if (suffix === '') return { ms, offsetMinutes: null };
  if (suffix === 'Z' || suffix === ' UTC' || suffix === '+00:00') return { ms, offsetMinutes: 0 };
  const [, sign, hours = '', minutes = '0'] = /^ ?([+-])([01]\d)(?::?([0-5]\d))?$/.exec(suffix) ?? [];
  if (sign === undefined) return undefined;
  const offsetMinutes = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  return { ms: ms - offsetMinutes * 60_000, offsetMinutes };
}
