import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { listPrices } from '@tideline/config';
import {
  type PlanDocument,
  type PlanSubject,
  fittedSubject,
  planDocument,
  planPolicies,
} from '@tideline/planner';
import {
  InterruptedError,
  UsageError,
  type Variables,
  namedDescription,
  throwIfInterrupted,
  writeWhole,
} from '@tideline/process';
import { type Traffic, trafficOf } from '../shared/traffic-options.ts';
import type { PlanCommandOptions } from './plan-command.ts';
import { renderPlanPage } from './page/render-plan-page.ts';
import { renderPlan } from './render-plan.ts';
import { timelinesOf } from './timelines.ts';
import { WorkerPool } from './worker-pool.ts';
import { settingsFile, writeSettings } from './write-settings.ts';

interface PlanSurroundings {
  readonly variables: Variables;
  readonly color: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (line: string) => void;
}

/** Fewest steps of either part of a trace: with fewer there is nothing to fit, or to judge on. */
const fewestSteps = 10;
const progressEveryMs = 2000;

/** Plans as the options ask, and returns what goes to standard output. @throws ConfigurationError, UsageError, InterruptedError, WriteError */
export async function runPlan(
  options: PlanCommandOptions,
  { variables, color, signal, onProgress }: PlanSurroundings,
): Promise<string> {
  // Before the search: its answer would have nowhere to go.
  const target =
    options.write === undefined
      ? null
      : settingsFile(
          options.write === true ? (await namedDescription(options, variables)).config : options.write,
        );
  const traffic = await trafficOf(options, variables);
  const fittedSeconds = fittedSecondsOf(traffic, options.heldOut);
  const seed = options.seed ?? 1;
  const subject: PlanSubject = traffic;
  const limits = {
    maxShortPercent: options.maxShort ?? null,
    budgetUsdPerMonth: options.budget ?? null,
    maxUnits: options.maxTasks ?? null,
  };
  const judge = { trace: traffic.trace, capacity: traffic.capacity, prices: listPrices, seed };
  const startedMs = performance.now();
  const pool = new WorkerPool(new URL('main.mjs', import.meta.url), {
    judge,
    subject: fittedSubject(subject, fittedSeconds),
  });
  const interrupted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new InterruptedError()), { once: true });
  });
  // Without a listener a rejection that nobody waits for would end the process.
  interrupted.catch(() => undefined);
  let progressMs = startedMs;
  try {
    throwIfInterrupted(signal);
    const plan = await Promise.race([
      planPolicies({
        subject,
        limits,
        seed,
        candidates: options.candidates,
        fittedSeconds,
        evaluateAll: (jobs) => pool.evaluateAll(jobs),
        isOver: () => performance.now() - startedMs > options.seconds * 1000,
        onProgress: (tried) => {
          if (performance.now() - progressMs < progressEveryMs) return;
          progressMs = performance.now();
          onProgress(
            `plan: ${tried} of ${options.candidates} policies tried, ${Math.round((progressMs - startedMs) / 1000)} s`,
          );
        },
      }),
      interrupted,
    ]);
    const wallSeconds = (performance.now() - startedMs) / 1000;
    const described = planDocument(plan, { subject, fittedSeconds, limits, seed, wallSeconds });
    const document: PlanDocument = { ...described, remarks: [...described.remarks, ...traffic.remarks] };
    const json = `${JSON.stringify(document, null, 2)}\n`;
    if (options.out !== undefined) {
      const page = renderPlanPage(document, timelinesOf(document, traffic, judge));
      mkdirSync(options.out, { recursive: true });
      writeWhole(join(options.out, 'plan.json'), json);
      writeWhole(join(options.out, 'plan.html'), page);
      onProgress(`plan: wrote ${join(options.out, 'plan.json')} and plan.html`);
    }
    if (target !== null) {
      await writeSettings(target, document.recommended.settings);
      onProgress(`plan: wrote the recommended settings into ${target}`);
    }
    return options.json ? json : renderPlan(document, { color });
  } finally {
    await pool.close();
  }
}

/** Where the fitted part ends: at a step. @throws UsageError TL-PLAN-TRACE where one of the parts would have hardly a step */
function fittedSecondsOf({ trace }: Traffic, heldOutPercent: number): number {
  const steps = trace.requestsPerSecond.length;
  const fitted = Math.round(steps * (1 - heldOutPercent / 100));
  if (Math.min(fitted, steps - fitted) >= fewestSteps) return fitted * trace.stepSeconds;
  throw new UsageError(
    'TL-PLAN-TRACE',
    `--trace: ${trace.name} has ${steps} steps of ${trace.stepSeconds} s; a plan needs ${fewestSteps} in each part, to fit and to judge on. Give a longer trace: 14 days are a good length`,
  );
}
