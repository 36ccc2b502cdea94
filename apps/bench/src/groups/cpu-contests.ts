import type { BenchName } from '../bench-name.ts';
import { compareCpu, cpuRatio } from '../cpu/compare-cpu.ts';
import type { Cores } from '../cpu/cores.ts';
import type { Outcome } from '../outcome.ts';
import type { Rig } from '../rig.ts';
import { connections } from '../settings.ts';
import { checkSameAnswer } from './same-answer.ts';
import type { startApi } from './start-servers.ts';

/** Whose CPU time per request is divided by whose, by figure. */
export type CpuContests = Readonly<Partial<Record<BenchName, { readonly of: string; readonly to: string }>>>;

interface CpuContestsOptions {
  readonly contests: CpuContests;
  /** Of the contests, those to be measured. */
  readonly wanted: ReadonlySet<BenchName>;
  /** Starts each server that a contest names. */
  readonly starts: Readonly<Record<string, () => ReturnType<typeof startApi>>>;
  /** The servers that a round may begin with; the first that takes part does. */
  readonly baselines: readonly string[];
  readonly cores: Cores;
  /** Begins the name of the scenario. */
  readonly asked: string;
}

/** CPU time per request of the servers that the wanted figures need, each answering the same over kept connections. */
export async function measureCpuContests(rig: Rig, options: CpuContestsOptions): Promise<Outcome> {
  const { contests, wanted, starts, baselines, cores, asked } = options;
  const { cpuProcesses } = rig.settings;
  const measured = Object.entries(contests).filter(([name]) => wanted.has(name as BenchName));
  const needed = new Set(measured.flatMap(([, { of, to }]) => [of, to]));
  const servers = Object.fromEntries(
    await Promise.all(
      Object.entries(starts)
        .filter(([name]) => needed.has(name))
        .map(
          async ([name, start]) =>
            [name, await Promise.all(Array.from({ length: cpuProcesses }, start))] as const,
        ),
    ),
  );
  await checkSameAnswer(
    Object.fromEntries(
      Object.entries(servers).flatMap(([name, [first]]) => (first ? [[name, first.url]] : [])),
    ),
  );
  const comparison = await compareCpu(rig, {
    servers,
    baseline: baselines.find((name) => needed.has(name)) ?? '',
    cores,
    scenario: {
      name: `${asked}, keep-alive, ${connections} connections`,
      path: '/',
      connections,
      perConnection: false,
    },
  });
  return {
    figures: measured.map(([name, contest]) => ({
      name: name as BenchName,
      ...cpuRatio(comparison, contest),
    })),
    cpu: [comparison],
  };
}
