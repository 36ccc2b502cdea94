import { listPrices } from '@tideline/config';
import { type JudgeInput, type PlanDocument, firstPart, planDocument, planPolicies } from '@tideline/planner';
import { InterruptedError, UsageError, throwIfInterrupted } from '@tideline/process';
import type { Traffic } from '../shared/traffic-options.ts';
import type { SearchOptions } from './search-options.ts';
import { WorkerPool } from './worker-pool.ts';

/** Fewest steps of either part of a trace: with fewer there is nothing to fit, or to judge on. */
const fewestSteps = 10;
const progressEveryMs = 2000;

/** What policies are judged on where the options ask for this traffic. */
export const judgeInputOf = (
  { trace, capacity }: Traffic,
  { seed = 1 }: { readonly seed?: number },
): JudgeInput => ({ trace, capacity, prices: listPrices, seed });

/** Searches a policy on all cores. @throws UsageError, InterruptedError */
export async function planTraffic(
  traffic: Traffic,
  options: SearchOptions & { readonly seed?: number },
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (line: string) => void },
): Promise<PlanDocument> {
  const fittedSeconds = fittedSecondsOf(traffic, options.heldOut);
  const judge = judgeInputOf(traffic, options);
  const { seed } = judge;
  const limits = {
    maxShortPercent: options.maxShort ?? null,
    budgetUsdPerMonth: options.budget ?? null,
    maxUnits: options.maxTasks ?? null,
  };
  const startedMs = performance.now();
  const pool = new WorkerPool(new URL('main.mjs', import.meta.url), {
    judge,
    subject: firstPart(traffic, fittedSeconds),
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
        subject: traffic,
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
    const described = planDocument(plan, { subject: traffic, fittedSeconds, limits, seed, wallSeconds });
    return { ...described, remarks: [...described.remarks, ...traffic.remarks] };
  } finally {
    await pool.close();
  }
}

/** Where the fitted part ends: at a step. @throws UsageError TL-PLAN-TRACE where one of the parts would have hardly a step */
export function fittedSecondsOf({ trace }: Pick<Traffic, 'trace'>, heldOutPercent: number): number {
  const steps = trace.requestsPerSecond.length;
  const fitted = Math.round(steps * (1 - heldOutPercent / 100));
  if (Math.min(fitted, steps - fitted) >= fewestSteps) return fitted * trace.stepSeconds;
  throw new UsageError(
    'TL-PLAN-TRACE',
    `--trace: ${trace.name} has ${steps} steps of ${trace.stepSeconds} s; a plan needs ${fewestSteps} in each part, to fit and to judge on. Give a longer trace: 14 days are a good length`,
  );
}
