import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** More would make the page slow to read and to write; the newest are kept. */
const mostRuns = 200;

const number = z.number();
const latency = z.object({ p50: number, p95: number.optional(), p99: number, max: number });

/** What the index needs of a run record, of whatever version has it. */
const listedRecordSchema = z.object({
  preset: z.string(),
  profile: z.string(),
  observedBy: z.string(),
  startedAt: z.string(),
  status: z.string(),
  provenance: z.object({ commit: z.string() }),
  verdict: z.object({ passed: z.boolean() }),
  scaling: z.object({ peakRunning: number }),
  load: z.object({
    requests: number,
    requestsPerSecond: number,
    failures: z.object({ total: number }),
    latencyMs: latency,
  }),
  elasticity: z
    .object({
      unitHours: number,
      unitHoursAfterLoad: number,
      aboveCapacity: z.object({ percent: number }),
      overProvisioning: z.object({ accuracyPercent: number }),
    })
    .optional(),
});

/** A run of the folder, with the name of its own folder. */
export interface ListedRun extends z.infer<typeof listedRecordSchema> {
  readonly folder: string;
}

/** The runs below a folder of reports, oldest first, and the folders whose record cannot be read. */
export interface ListedRuns {
  readonly runs: readonly ListedRun[];
  readonly unreadable: readonly string[];
  /** Older runs that are left out. */
  readonly leftOut: number;
}

/** Finds the runs below a folder of reports; links such as `latest` are not followed. */
export function readRuns(reportsFolder: string): ListedRuns {
  const folders = readdirSync(reportsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .toSorted()
    .filter((name) => readdirSync(join(reportsFolder, name)).includes('run-record.json'));
  const runs: ListedRun[] = [];
  const unreadable: string[] = [];
  for (const folder of folders.slice(-mostRuns)) {
    const run = readRun(join(reportsFolder, folder, 'run-record.json'));
    if (run === null) unreadable.push(folder);
    else runs.push({ ...run, folder });
  }
  return {
    runs: runs.toSorted((one, other) => one.startedAt.localeCompare(other.startedAt)),
    unreadable,
    leftOut: Math.max(0, folders.length - mostRuns),
  };
}

function readRun(file: string): Omit<ListedRun, 'folder'> | null {
  try {
    return listedRecordSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null; // the page lists it as such
  }
}
