import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchName } from '../bench-name.ts';
import { chooseLoadTool } from '../load/load-tool.ts';
import { measureAll } from '../measure-all.ts';
import { ChildPool } from '../process/child-pool.ts';
import { type BenchReport, benchReport, benchProvenance } from '../report/bench-report.ts';
import { bundlesBeside } from '../rig.ts';
import { defaultSettings, fullSettings, quickSettings } from '../settings.ts';

/** The command line as typed, each value of the right type and range. */
export interface BenchOptions {
  /** What to measure, each once. */
  readonly only: readonly BenchName[];
  readonly quick: boolean;
  /** Not with `quick`. */
  readonly full: boolean;
  readonly check: boolean;
  readonly json: boolean;
  readonly out: string;
}

/**
 * Measures, with everything it starts ended and its temporary files removed whatever happens.
 * @throws InterruptedError once the signal is aborted
 */
export async function runBench(
  options: BenchOptions,
  surroundings: {
    readonly ownBundleUrl: string;
    readonly searchPath: string;
    readonly signal: AbortSignal;
    readonly progress: (text: string) => void;
  },
): Promise<BenchReport> {
  const { ownBundleUrl, signal } = surroundings;
  const startedAt = new Date().toISOString();
  const settings = options.full ? fullSettings : options.quick ? quickSettings : defaultSettings;
  const children = new ChildPool(signal);
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'tideline-bench-'));
  try {
    const machine = await benchProvenance(dirname(fileURLToPath(ownBundleUrl)));
    const loadTool = await chooseLoadTool(children, surroundings.searchPath);
    const rig = {
      ...surroundings,
      settings,
      children,
      temporaryFolder,
      loadTool,
      bundle: bundlesBeside(ownBundleUrl),
    };
    const measured = await measureAll(rig, new Set(options.only));
    return benchReport(measured, {
      startedAt,
      finishedAt: new Date().toISOString(),
      provenance: machine,
      loadTool: loadTool.description,
      settings,
    });
  } finally {
    await children.stopAll();
    await rm(temporaryFolder, { recursive: true, force: true });
  }
}
