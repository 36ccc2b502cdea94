import { join } from 'node:path';
import {
  type Variables,
  checkOutputFile,
  checkOutputFolder,
  namedDescription,
  writeWhole,
} from '@tideline/process';
import { makeOutputFolder } from '../shared/output-folder.ts';
import { trafficOf } from '../shared/traffic-options.ts';
import { renderPlanPage } from './page/render-plan-page.ts';
import type { PlanCommandOptions } from './plan-command.ts';
import { fittedSecondsOf, judgeInputOf, planTraffic } from './plan-traffic.ts';
import { renderPlan } from './render-plan.ts';
import { timelinesOf } from './timelines.ts';
import { refuseUnwritable, settingsFile, writeSettings } from './write-settings.ts';

interface PlanSurroundings {
  readonly variables: Variables;
  readonly color: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (line: string) => void;
}

/** Plans as the options ask, and returns what goes to standard output. @throws ConfigurationError, UsageError, InterruptedError, WriteError */
export async function runPlan(
  options: PlanCommandOptions,
  { variables, color, signal, onProgress }: PlanSurroundings,
): Promise<string> {
  // What is refused is refused before the search: its answer would have nowhere to go.
  const target =
    options.write === undefined
      ? null
      : settingsFile(
          options.write === true ? (await namedDescription(options, variables)).config : options.write,
        );
  if (target !== null) checkOutputFile('--write', target, options.out);
  if (options.out !== undefined) checkOutputFolder('--out', options.out);
  const traffic = await trafficOf(options, variables);
  fittedSecondsOf(traffic, options.heldOut);
  if (target !== null) await refuseUnwritable(target);
  const document = await planTraffic(traffic, options, { signal, onProgress });
  const json = `${JSON.stringify(document, null, 2)}\n`;
  if (options.out !== undefined) {
    const page = renderPlanPage(document, timelinesOf(document, traffic, judgeInputOf(traffic, options)));
    makeOutputFolder(options.out);
    writeWhole(join(options.out, 'plan.json'), json);
    writeWhole(join(options.out, 'plan.html'), page);
    onProgress(`plan: wrote ${join(options.out, 'plan.json')} and plan.html`);
  }
  if (target !== null) {
    await writeSettings(target, document.recommended.settings);
    onProgress(`plan: wrote the recommended settings into ${target}`);
  }
  return options.json ? json : renderPlan(document, { color });
}
