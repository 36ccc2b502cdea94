import { traceError } from '../trace-codes.ts';

const quarterMs = 900_000;
const mostKept = 20_000;

/** Turns local times of one IANA time zone into instants. */
export class ZoneClock {
  readonly zone: string;
  readonly #format: Intl.DateTimeFormat;
  /** Offset from UTC by the quarter hour in which an instant lies: zones change on quarter hours. */
  readonly #offsets = new Map<number, number>();

  /** @throws UsageError TL-TRACE-ZONE for a name that the IANA database does not have */
  constructor(zone: string) {
    this.zone = zone;
    try {
      this.#format = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        hourCycle: 'h23',
        ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
        ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
      });
    } catch (error) {
      throw traceError(
        'TL-TRACE-ZONE',
        `--trace-zone: got "${zone}"; allowed is an IANA name, such as Europe/Madrid, or UTC`,
        { cause: error },
      );
    }
  }

  /**
   * The instants at which clocks of the zone show a local time: one, as a rule; none where clocks skip it in spring; two,
   * the earlier one first, where they show it twice in autumn.
   * @param localMs the local time as if it were UTC, milliseconds
   */
  instants(localMs: number): readonly number[] {
    // No zone is further from UTC than 14 hours, and none changes twice within 28.
    const before = localMs - this.#offset(localMs - 14 * 3_600_000);
    const after = localMs - this.#offset(localMs + 14 * 3_600_000);
    const candidates = before === after ? [before] : [before, after].sort((left, right) => left - right);
    return candidates.filter((instant) => instant + this.#offset(instant) === localMs);
  }

  #offset(instantMs: number): number {
    const quarter = Math.floor(instantMs / quarterMs);
    const known = this.#offsets.get(quarter);
    if (known !== undefined) return known;
    const offset = this.#offsetNow(quarter * quarterMs);
    if (this.#offsets.size >= mostKept) this.#offsets.clear();
    this.#offsets.set(quarter, offset);
    return offset;
  }

  #offsetNow(instantMs: number): number {
    const part: Record<string, number> = {};
    for (const { type, value } of this.#format.formatToParts(instantMs)) part[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - instantMs;
  }
}
