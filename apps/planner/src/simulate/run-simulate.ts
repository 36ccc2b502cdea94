import { listPrices } from '@tideline/config';
import { type Variables, checkOutputFile, writeWhole } from '@tideline/process';
import { trafficOf } from '../shared/traffic-options.ts';
import { renderSimulation } from './render-simulation.ts';
import type { SimulateOptions } from './simulate-command.ts';
import { simulatedApart } from './simulation-thread.ts';

/** What the options ask for, as text that ends in a line break. @throws ConfigurationError, UsageError, WriteError */
export async function runSimulate(
  options: SimulateOptions,
  { variables, color }: { readonly variables: Variables; readonly color: boolean },
): Promise<string> {
  if (options.out !== undefined) checkOutputFile('--out', options.out);
  const traffic = await trafficOf(options, variables);
  const document = await simulatedApart({ ...traffic, prices: listPrices, seed: options.seed ?? 1 });
  const json = `${JSON.stringify(document, null, 2)}\n`;
  if (options.out !== undefined) writeWhole(options.out, json);
  return options.json ? json : renderSimulation(document, { color, decisions: options.decisions });
}
