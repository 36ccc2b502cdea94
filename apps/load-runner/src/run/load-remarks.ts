import type { Remark } from '@tideline/evidence';
import type { GeneratorHealth } from '../load/figures/generator-limit.ts';
import type { RunTrace } from './run.ts';

/** What a reader must know of how the load itself went, to trust its figures. */
export function loadRemarks(trace: RunTrace, health: GeneratorHealth): Remark[] {
  const { sent, unsent, late, abandoned } = trace.load.tally;
  const remarks: Remark[] = [];
  if (unsent > 0 && unsent > sent / 1000) {
    remarks.push({
      code: 'TL-RUN-UNSENT',
      message: `${unsent} of ${sent + unsent} requests that were due were never sent: their stage ended while earlier answers were still out, or while the generator itself was late.`,
    });
  }
  if (health.limited || health.strained) {
    remarks.push({
      code: 'TL-RUN-GENERATOR-BUSY',
      message: `The load generator was busy ${Math.round(trace.busyShare * 100)} % of the time and sent ${late} of ${sent} requests more than 10 ms late by its own doing: latency and rate are partly its own. Give it a CPU of its own, or ask for less.`,
    });
  }
  if (abandoned > 0) {
    remarks.push({
      code: 'TL-RUN-ABANDONED',
      message: `${abandoned} requests had no answer yet when the load was stopped; they count neither as sent nor as failed.`,
    });
  }
  if (trace.lost !== null) {
    remarks.push({
      code: 'TL-RUN-OBSERVER-LOST',
      message: `The environment could no longer be observed, so the run was ended: ${trace.lost.message}`,
    });
  }
  return remarks;
}
