import type { Family, PlanSubject, PolicyInput } from './family.ts';
import type { Trace } from '../traces/trace.ts';
import type { Genes } from './genes.ts';
import { requestsPolicy } from './tracking.ts';

const daySeconds = 86_400;
const hours = Array.from({ length: 24 }, (_, hour) => hour);
/** Minutes before the hour at which a schedule raises the minimum: time for units to start. */
const leadMinutes = 10;

/** Days of the week with one pattern of their own, 0 is Sunday. */
interface DayClass {
  readonly days: readonly number[];
}
const everyDay: DayClass = { days: [0, 1, 2, 3, 4, 5, 6] };
const workingDays: DayClass = { days: [1, 2, 3, 4, 5] };
const weekend: DayClass = { days: [0, 6] };
const dayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** The highest rate of one hour. */
interface HourlyPeak {
  /** Of the week, 0 is Sunday. */
  readonly day: number;
  readonly hour: number;
  peak: number;
}

/** A search makes many schedules of one trace. */
const peaksOf = new WeakMap<Trace, readonly HourlyPeak[]>();

/** The highest rate of each hour of the trace, in UTC. */
function hourlyPeaks(trace: Trace): readonly HourlyPeak[] {
  const known = peaksOf.get(trace);
  if (known !== undefined) return known;
  const peaks = findHourlyPeaks(trace);
  peaksOf.set(trace, peaks);
  return peaks;
}

function findHourlyPeaks(trace: Trace): readonly HourlyPeak[] {
  const peaks = new Map<number, HourlyPeak>();
  const startMs = trace.startedAt.getTime();
  trace.requestsPerSecond.forEach((rate, index) => {
    const ms = startMs + index * trace.stepSeconds * 1000;
    const hourOfAll = Math.floor(ms / 3_600_000);
    const known = peaks.get(hourOfAll);
    if (known !== undefined) {
      known.peak = Math.max(known.peak, rate);
      return;
    }
    const instant = new Date(ms);
    peaks.set(hourOfAll, { day: instant.getUTCDay(), hour: instant.getUTCHours(), peak: rate });
  });
  return [...peaks.values()];
}

/** Minimum of each hour of a day of the class: what the given share of its past days would have been content with. */
function minimumOfHours(genes: Genes, subject: PlanSubject, { days }: DayClass): readonly number[] {
  const perUnit = subject.capacity.requestsPerSecond.value * genes.utilisation;
  const peaks = hourlyPeaks(subject.trace).filter(({ day }) => days.includes(day));
  return hours.map((hour) => {
    const sorted = peaks
      .filter((each) => each.hour === hour)
      .map(({ peak }) => peak)
      .sort((a, b) => a - b);
    const place = Math.ceil(genes.scheduledQuantile * sorted.length) - 1;
    const needed = Math.ceil((sorted[Math.max(0, place)] ?? 0) / perUnit);
    return Math.min(genes.max, Math.max(genes.min, needed));
  });
}

function actionsOf(genes: Genes, subject: PlanSubject, dayClass: DayClass): readonly PolicyInput[] {
  const minimum = minimumOfHours(genes, subject, dayClass);
  const isWhole = dayClass.days.length === everyDay.days.length;
  return hours.flatMap((hour): PolicyInput[] => {
    // The first hour of a class follows a day that may be of another one.
    if (minimum[hour] === minimum[(hour + 23) % 24] && (hour > 0 || isWhole)) return [];
    const at = (hour * 60 - leadMinutes + 1440) % 1440;
    const days = dayClass.days.map((day) => dayNames[hour === 0 ? (day + 6) % 7 : day] ?? '');
    const when = isWhole ? '* * ? *' : `? * ${days.join(',')} *`;
    return [
      {
        type: 'scheduled',
        name: `${isWhole ? '' : dayClass === weekend ? 'weekend-' : 'working-'}min-${String(hour).padStart(2, '0')}`,
        schedule: `cron(${at % 60} ${Math.floor(at / 60)} ${when})`,
        minCapacity: minimum[hour] ?? genes.min,
      },
    ];
  });
}

/** Target tracking, under a minimum that follows the hours of the day as past days had them, in UTC. */
export const scheduled: Family = {
  label: 'scheduled minimum, with target tracking on requests',
  reads: ['utilisation', 'scaleOutCooldownSeconds', 'scaleInCooldownSeconds', 'scheduledQuantile'],
  absence: ({ trace }) =>
    trace.requestsPerSecond.length * trace.stepSeconds < 3 * daySeconds
      ? 'the part of the trace that is fitted has less than 3 days, which is no daily pattern'
      : null,
  policies: (genes, subject) => {
    const { trace } = subject;
    const isLong = trace.requestsPerSecond.length * trace.stepSeconds >= 7 * daySeconds;
    const classes = isLong ? [workingDays, weekend] : [everyDay];
    return [
      requestsPolicy(genes, subject),
      ...classes.flatMap((dayClass) => actionsOf(genes, subject, dayClass)),
    ];
  },
};
