import type { EndpointAnswers, Remark } from '@tideline/evidence';
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
  for (const answers of trace.load.tally.endpoints()) remarks.push(...answerRemarks(answers));
  if (trace.lost !== null) {
    remarks.push({
      code: 'TL-RUN-OBSERVER-LOST',
      message: `The environment could no longer be observed, so the run was ended: ${trace.lost.message}`,
    });
  }
  return remarks;
}

/** Success that tested little: what answered most requests of an endpoint was not the page that was asked for. */
function answerRemarks({ endpoint, classes, statuses, empty }: EndpointAnswers): Remark[] {
  const isRead = endpoint.startsWith('GET ');
  const answered = Object.values(statuses).reduce((sum, count) => sum + count, 0);
  const redirects = (isRead ? readRedirects : sameMethodRedirects)
    .map((status) => ({ status, count: statuses[status] ?? 0 }))
    .filter(({ count }) => count > 0);
  const redirected = redirects.reduce((sum, { count }) => sum + count, 0);
  const remarks: Remark[] = [];
  if (redirected * 2 > answered) {
    remarks.push({
      code: 'TL-RUN-REDIRECTS',
      message: `${endpoint} answered ${redirected} of ${answered} requests with a redirect (${redirects.map(({ status, count }) => `${count} × ${status}`).join(', ')}), which the load does not follow: what it leads to was not loaded. Give the path, or the target, that answers by itself.`,
    });
  }
  if (isRead && empty * 2 > classes['2xx']) {
    remarks.push({
      code: 'TL-RUN-EMPTY',
      message: `${endpoint} answered ${empty} of ${classes['2xx']} successful requests without a body: see that this is the page that was meant.`,
    });
  }
  return remarks;
}

/** A 303, and by old habit a 302, is how a form that was sent is answered; a 304 leads nowhere. */
const readRedirects = ['301', '302', '303', '307', '308'];
const sameMethodRedirects = ['301', '307', '308'];
