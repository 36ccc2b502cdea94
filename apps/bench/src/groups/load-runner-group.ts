import { autocannonTool } from '../load/load-tool.ts';
import { runLoadRunner } from '../load/load-runner.ts';
import { takeTurns } from '../measure/take-turns.ts';
import type { Outcome } from '../outcome.ts';
import type { Rig } from '../rig.ts';
import { ratioFigure } from './measure-throughput.ts';
import { startPeer } from './start-servers.ts';

/** The load runner in a closed loop against plain autocannon: the same users, server and time. */
export async function measureLoadRunner(rig: Rig): Promise<Outcome> {
  const { rounds, roundSeconds, warmUpSeconds } = rig.settings;
  const { url } = await startPeer(rig, 'socket');
  const autocannon = autocannonTool(rig.children);
  rig.progress('load generators: warming up the server');
  await rig.loadTool.requestsPerSecond(url, warmUpSeconds);
  const rates = await takeTurns(['load-runner', 'autocannon'], rounds, async (name, round) => {
    rig.progress(`load generators: round ${round} of ${rounds}, ${name}`);
    if (name === 'autocannon') return await autocannon.requestsPerSecond(url, roundSeconds);
    const { requestsPerSecond } = await runLoadRunner(rig, url, {
      seconds: roundSeconds,
      requestsPerSecond: null,
    });
    return requestsPerSecond;
  });
  return {
    figures: [
      ratioFigure(
        'loadRunnerVsAutocannon',
        { name: 'load-runner', rounds: rates['load-runner'] },
        { name: 'autocannon', rounds: rates.autocannon },
      ),
    ],
  };
}
