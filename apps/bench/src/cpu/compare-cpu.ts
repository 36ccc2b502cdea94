import { runWrk, type WrkLoad } from '../load/wrk.ts';
import { median, type Compared, ratioOfMedians } from '../measure/compare-rounds.ts';
import { takeTurns } from '../measure/take-turns.ts';
import { type CpuComparison, type CpuContender, MeasurementError } from '../outcome.ts';
import type { StartedServer } from '../process/child-pool.ts';
import { findSystemProgram } from '../process/find-system-program.ts';
import type { Rig } from '../rig.ts';
import type { Cores } from './cores.ts';
import { cpuMicrosecondsOf } from './cpu-time.ts';

/** One load that every contender gets. */
export interface CpuScenario {
  readonly name: string;
  readonly path: string;
  readonly connections: number;
  readonly perConnection: boolean;
}

/** After so many requests Node’s compiler has nothing left to do on their path. */
const warmUpRequests = 20_000;
const mostWarmUps = 5;

/**
 * CPU time per request, and throughput, of servers that have a core each to themselves and take turns. CPU time hardly depends
 * on what else the machine does: where it is busy, throughput falls and this does not.
 * @param baseline name of the contender that the others are compared with
 */
export async function compareCpu(
  rig: Rig,
  contest: {
    /** The processes of each contender, which take turns too. */
    readonly servers: Readonly<Record<string, readonly StartedServer[]>>;
    readonly baseline: string;
    readonly cores: Cores;
    readonly scenario: CpuScenario;
  },
): Promise<CpuComparison> {
  const { servers, baseline, cores, scenario } = contest;
  const wrk = findSystemProgram('wrk', rig.searchPath);
  if (wrk === undefined) throw new MeasurementError('wrk has gone from PATH');
  const { cpuRounds, cpuRoundSeconds, warmUpSeconds } = rig.settings;
  const load = ({ url }: StartedServer, seconds: number): WrkLoad => ({
    ...scenario,
    url: `${url}${scenario.path}`,
    seconds,
    cores: cores.others,
  });
  for (const [name, processes] of Object.entries(servers)) {
    rig.progress(`CPU, ${scenario.name}: warming up ${name}`);
    for (const server of processes) {
      // A busy machine answers few requests in that time, and code that the engine has not yet compiled costs ten times as much.
      for (let answered = 0, times = 0; answered < warmUpRequests && times < mostWarmUps; times++)
        answered += (await runWrk(rig.children, wrk, load(server, warmUpSeconds))).requests;
    }
  }
  const rounds = await takeTurns(Object.keys(servers), cpuRounds, async (name, round) => {
    rig.progress(`CPU, ${scenario.name}: round ${round} of ${cpuRounds}, ${name}`);
    const server = ofRound(servers[name] ?? [], round);
    if (server === undefined) throw new RangeError(`no server is called ${name}`);
    const before = cpuMicrosecondsOf(server.pid);
    const { requests, requestsPerSecond } = await runWrk(rig.children, wrk, load(server, cpuRoundSeconds));
    return {
      microsecondsPerRequest: (cpuMicrosecondsOf(server.pid) - before) / requests,
      requestsPerSecond,
    };
  });
  return {
    scenario: scenario.name,
    baseline,
    contenders: Object.entries(rounds).map(([name, results]) => ({
      name,
      microsecondsPerRequest: results.map(({ microsecondsPerRequest }) => microsecondsPerRequest),
      requestsPerSecond: results.map(({ requestsPerSecond }) => requestsPerSecond),
    })),
  };
}

/** The process that a round measures. @param round from 1 */
export const ofRound = <Process>(processes: readonly Process[], round: number): Process | undefined =>
  processes[(round - 1) % processes.length];

/** @throws RangeError when there is no contender of that name */
function contender({ contenders, scenario }: CpuComparison, name: string): CpuContender {
  const found = contenders.find((one) => one.name === name);
  if (found === undefined) throw new RangeError(`${name} took no part in ${scenario}`);
  return found;
}

/** CPU time per request of one contender by that of another, with both in words and by round. */
export function cpuRatio(
  comparison: CpuComparison,
  { of, to }: { readonly of: string; readonly to: string },
): Compared & { readonly detail: string; readonly rounds: Readonly<Record<string, readonly number[]>> } {
  const [own, peer] = [of, to].map((name) => contender(comparison, name).microsecondsPerRequest);
  if (own === undefined || peer === undefined) throw new RangeError('two contenders make a ratio');
  const inWords = (name: string, rounds: readonly number[]): string =>
    `${name} ${median(rounds).toFixed(1)} µs`;
  return {
    ...ratioOfMedians(own, peer),
    detail: `CPU per request, ${comparison.scenario}: ${inWords(of, own)}, ${inWords(to, peer)}`,
    rounds: { [of]: own, [to]: peer },
  };
}
