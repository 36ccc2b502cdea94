import { cpus } from 'node:os';

/** CPU time of all processors since the machine started, milliseconds. */
interface CpuTimes {
  readonly atMs: number;
  readonly busyMs: number;
  readonly totalMs: number;
}

const sampleMs = 200;

const readTimes = (): CpuTimes => {
  const times = cpus().map((processor) => processor.times);
  const totalMs = times.reduce(
    (sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq,
    0,
  );
  const idleMs = times.reduce((sum, { idle }) => sum + idle, 0);
  return { atMs: Date.now(), busyMs: totalMs - idleMs, totalMs };
};

/** Watches how busy the machine is, all of its processes together. */
export class MachineCpu {
  readonly #samples: CpuTimes[] = [];
  readonly #read: () => CpuTimes;
  readonly #timer: NodeJS.Timeout;

  /** @param read tests give their own */
  constructor(read: () => CpuTimes = readTimes) {
    this.#read = read;
    this.sample();
    this.#timer = setInterval(() => this.sample(), sampleMs).unref();
  }

  sample(): void {
    this.#samples.push(this.#read());
  }

  /** Ends it. @returns percent of all processors that was in use between two dates; null where there are no two samples */
  busyPercent(from: Date, to: Date): number | null {
    clearInterval(this.#timer);
    this.sample();
    const within = this.#samples.filter(({ atMs }) => atMs >= from.getTime() && atMs <= to.getTime());
    const [first, last] = [within[0], within.at(-1)];
    if (first === undefined || last === undefined || last.totalMs <= first.totalMs) return null;
    return Math.min(100, ((last.busyMs - first.busyMs) / (last.totalMs - first.totalMs)) * 100);
  }
}
