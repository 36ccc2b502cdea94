import { presetNames } from '@tideline/config';
import { type Move, presetDecisions } from './preset-decisions.ts';
import {
  type PhaseTimes,
  type PublishedPair,
  benchmarkLoads,
  nearness,
  publishedPairs,
  simulatedPhases,
  twinPhases,
} from './published-phases.ts';

const cell = (value: number | string): string =>
  (typeof value === 'number' ? value.toFixed(1) : value).padStart(10);
const row = (...cells: readonly (number | string)[]): string => `| ${cells.map(cell).join(' | ')} |\n`;
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

function printNearness(name: string, phases: readonly PhaseTimes[], pair: PublishedPair): void {
  for (const time of ['decisionSeconds', 'capacitySeconds'] as const) {
    const { medianSeconds, medianError, shareWithinTenth } = nearness(phases, pair, time);
    process.stdout.write(
      `${name}, ${time.replace('Seconds', '')}: median ${medianSeconds.toFixed(1)} s, published ${pair[time]} s (${percent(medianError)}); within 10 % in ${percent(shareWithinTenth)} of ${phases.length} phases\n`,
    );
  }
}

for (const pair of publishedPairs)
  for (const { requestsPerSecond, means } of benchmarkLoads) {
    const run = { ...pair, requestsPerSecond };
    const simulated = simulatedPhases(run);
    const twin = await twinPhases(run);
    process.stdout.write(
      `\nMetrics of ${pair.resolutionSeconds} s, ${requestsPerSecond} requests/s (${means}): seconds from the beginning of the load, by the second of the period in which it begins\n\n`,
    );
    process.stdout.write(row('phase', 'simulator', 'capacity', 'twin', 'capacity'));
    process.stdout.write(row(...Array.from({ length: 5 }, () => '---:')));
    for (const [index, { phaseSeconds, decisionSeconds, capacitySeconds }] of simulated.entries()) {
      const other = twin[index];
      process.stdout.write(
        row(
          String(phaseSeconds),
          decisionSeconds,
          capacitySeconds,
          other?.decisionSeconds ?? '',
          other?.capacitySeconds ?? '',
        ),
      );
    }
    process.stdout.write('\n');
    printNearness('simulator', simulated, pair);
    printNearness('twin', twin, pair);
  }

process.stdout.write(
  '\nPresets under their own load: moves of the desired count, cloud seconds since the load began\n',
);
const told = (move: Move | undefined): string =>
  move === undefined ? '-' : `${move.seconds} s: ${move.from} -> ${move.to} (${move.policy})`;
for (const preset of presetNames) {
  const { simulated, twin } = await presetDecisions(preset);
  process.stdout.write(`\n${preset}\n`);
  const rows = Math.max(simulated.length, twin.length);
  for (let index = 0; index < rows; index += 1)
    process.stdout.write(`  simulator ${told(simulated[index]).padEnd(44)} twin ${told(twin[index])}\n`);
}
