import { readTime } from './times/read-time.ts';
import type { Trace } from './trace.ts';
import { traceError } from './trace-codes.ts';

/** Bounds of a part of a trace, as typed: a time in UTC or with its offset, or what passes since the start, such as +36h. */
export interface TracePart {
  /** @default the start of the trace */
  readonly from?: string | undefined;
  /** @default its end */
  readonly to?: string | undefined;
}

const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** The steps that begin at `from` or later, and before `to`. @throws UsageError TL-TRACE-OPTION where there is none */
export function cutTrace(trace: Trace, { from, to }: TracePart): Trace {
  const first = from === undefined ? 0 : stepAt(trace, from, '--trace-from');
  const end = to === undefined ? trace.requestsPerSecond.length : stepAt(trace, to, '--trace-to');
  const requestsPerSecond = trace.requestsPerSecond.slice(Math.max(0, first), Math.max(0, end));
  if (requestsPerSecond.length === 0)
    throw traceError(
      'TL-TRACE-OPTION',
      `--trace-from ${from ?? ''} --trace-to ${to ?? ''}: no step of the trace lies between them; allowed are times from ${instant(trace, 0)} to ${instant(trace, trace.requestsPerSecond.length)}`,
    );
  return { ...trace, startedAt: new Date(instant(trace, Math.max(0, first))), requestsPerSecond };
}

const instant = ({ startedAt, stepSeconds }: Trace, step: number): string =>
  new Date(startedAt.getTime() + step * stepSeconds * 1000).toISOString();

/** The first step that begins at the time or after it. */
function stepAt({ startedAt, stepSeconds }: Trace, text: string, option: string): number {
  const [, amount, unit = ''] = /^\+(\d+(?:\.\d+)?)([smhd])$/.exec(text) ?? [];
  const instantMs = readTime(text)?.ms;
  const seconds =
    amount === undefined
      ? instantMs === undefined
        ? undefined
        : (instantMs - startedAt.getTime()) / 1000
      : Number(amount) * (secondsOf[unit] ?? 1);
  if (seconds !== undefined) return Math.ceil(seconds / stepSeconds - 1e-9);
  throw traceError(
    'TL-TRACE-OPTION',
    `${option}: got "${text}"; allowed are a time such as 2026-03-01T08:00:00Z, and what passes since the start of the trace, such as +90m, +36h or +2d`,
  );
}
