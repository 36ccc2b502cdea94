import { loadavg } from 'node:os';
import { type Provenance, provenance } from '@tideline/process';

/** Which code ran, on what machine, and how busy that was. */
export interface BenchProvenance extends Provenance {
  /** Processes that wanted a CPU during the last minute before the benchmark: above `cpus`, the machine was busy with other work. */
  readonly loadAverageBefore: number;
}

/** @param folder somewhere inside the checkout */
export const benchProvenance = async (folder: string): Promise<BenchProvenance> => ({
  ...(await provenance(folder)),
  loadAverageBefore: loadavg()[0] ?? 0,
});
