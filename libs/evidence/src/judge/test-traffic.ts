import type { TestTraffic } from '@tideline/config';

/** What one request came to. */
export type TestAnswer =
  | { readonly kind: 'answer'; readonly status: number }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'failed'; readonly cause: string };

/** What follows from the answers so far. */
type TestVerdict =
  | { readonly kind: 'ask'; readonly path: string }
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Asks for a path once. Never rejects. */
export type AskTest = (path: string) => Promise<TestAnswer>;

/**
 * Judges a new version by its answers at the test listener: each path in turn, each as often as asked for, and every answer has
 * to pass. The twin and the Lambda function of a deployed release both decide by this.
 * @param answers in the order of the requests
 */
export function judgeTestTraffic(
  { paths, requests, statuses, responseWithinMs }: TestTraffic,
  answers: readonly TestAnswer[],
): TestVerdict {
  for (const [index, answer] of answers.entries()) {
    const path = paths[Math.floor(index / requests)];
    if (path === undefined) break;
    const passes =
      answer.kind === 'answer' && answer.status >= statuses.lowest && answer.status <= statuses.highest;
    if (passes) continue;
    const reason = `test request ${(index % requests) + 1} of ${requests} to ${path} got ${got(answer, responseWithinMs)}; allowed: ${allowed(statuses)}`;
    return { kind: 'failed', reason };
  }
  const next = paths[Math.floor(answers.length / requests)];
  return next === undefined ? { kind: 'passed' } : { kind: 'ask', path: next };
}

/**
 * Asks until the answers decide. @param pause waits before each request but the first
 * @returns why the version did not pass, or null
 */
export async function sendTestTraffic(
  traffic: TestTraffic,
  ask: AskTest,
  pause: () => Promise<void> = () => Promise.resolve(),
): Promise<string | null> {
  const answers: TestAnswer[] = [];
  for (;;) {
    const verdict = judgeTestTraffic(traffic, answers);
    if (verdict.kind === 'failed') return verdict.reason;
    if (verdict.kind === 'passed') return null;
    if (answers.length > 0) await pause();
    answers.push(await ask(verdict.path));
  }
}

function got(answer: TestAnswer, responseWithinMs: number): string {
  switch (answer.kind) {
    case 'answer':
      return `status ${answer.status}`;
    case 'timeout':
      return `no answer within ${responseWithinMs} ms`;
    case 'failed':
      return `no answer: ${answer.cause}`;
  }
}

const allowed = ({ lowest, highest }: TestTraffic['statuses']): string =>
  lowest === highest ? `status ${lowest}` : `a status of ${lowest} to ${highest}`;
