import { traceError } from '../trace-codes.ts';
import type { RemarkLog } from '../remark-log.ts';
import { readTime } from './read-time.ts';
import { ZoneClock } from './zone-clock.ts';

/** Reads the times of the rows of one trace as instants, and remembers what it had to assume. */
export class RowClock {
  readonly #zone: ZoneClock | null;
  #previousMs = -Infinity;
  /** Where the first time without a zone, and the first one with it, stand. */
  #local: string | null = null;
  #zoned: string | null = null;
  readonly #offsets = new Set<number>();
  #repeatedHour = 0;

  /** @param zone IANA name for times without a zone; undefined: UTC is assumed, and a remark says so */
  constructor(zone: string | undefined) {
    this.#zone = zone === undefined ? null : new ZoneClock(zone);
  }

  /**
   * @param file and number are what an error names, such as `load.csv:12`; no text is made of them before it is needed
   * @returns milliseconds since 1970. @throws UsageError TL-TRACE-TIME, TL-TRACE-ZONE
   */
  read(text: string, file: string, number: number): number {
    const time = readTime(text);
    if (time === undefined)
      throw traceError(
        'TL-TRACE-TIME',
        `${file}:${number}: got the time "${text}"; allowed are 2026-03-01T08:00:00Z, 2026-03-01 08:00:00 with or without an offset, and seconds or milliseconds since 1970`,
      );
    this.#refuseMixture(time.offsetMinutes === null, file, number);
    this.#previousMs =
      time.offsetMinutes === null ? this.#instantOf(time.ms, { text, file, number }) : time.ms;
    if (time.offsetMinutes !== null && this.#offsets.size < 10) this.#offsets.add(time.offsetMinutes);
    return this.#previousMs;
  }

  /** Says what was assumed. */
  report(remarks: RemarkLog): void {
    if (this.#local !== null && this.#zone === null)
      remarks.add(
        'TL-TRACE-ZONE-ASSUMED',
        'times have no zone: read as UTC; --trace-zone Europe/Madrid reads them as local times of Madrid',
      );
    if (this.#offsets.size > 1) {
      const offsets = [...this.#offsets].sort((left, right) => left - right).map(offsetText);
      remarks.add(
        'TL-TRACE-ZONES-MIXED',
        `times have the offsets ${offsets.join(', ')}: each read with its own`,
      );
    }
    if (this.#repeatedHour > 0)
      remarks.add(
        'TL-TRACE-DST',
        `${this.#repeatedHour} times fall into an hour that clocks of ${this.#zone?.zone ?? ''} show twice: told apart by their order`,
      );
  }

  #refuseMixture(isLocal: boolean, file: string, number: number): void {
    if (isLocal) this.#local ??= `${file}:${number}`;
    else this.#zoned ??= `${file}:${number}`;
    if (this.#local === null || this.#zoned === null) return;
    throw traceError(
      'TL-TRACE-ZONE',
      `${this.#local} has a time without a zone and ${this.#zoned} one with it; allowed is one way for a whole trace: write the offset into every time, or into none and give --trace-zone`,
    );
  }

  #instantOf(
    localMs: number,
    { text, file, number }: { readonly text: string; readonly file: string; readonly number: number },
  ): number {
    if (this.#zone === null) return localMs;
    const [first, second] = this.#zone.instants(localMs);
    if (first === undefined)
      throw traceError(
        'TL-TRACE-ZONE',
        `${file}:${number}: clocks of ${this.#zone.zone} never show ${text}, they skip it when they go forward; give the zone in which the times were written, such as --trace-zone UTC`,
      );
    if (second === undefined) return first;
    this.#repeatedHour += 1;
    // Rows of the second pass come after those of the first.
    return first > this.#previousMs ? first : second;
  }
}

const offsetText = (minutes: number): string => {
  const digits = (value: number): string => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${digits(Math.floor(size / 60))}:${digits(size % 60)}`;
};
