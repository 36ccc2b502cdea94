import type { ProbeAnswer } from './probe.ts';

export interface SmokeCheck {
  readonly path: string;
  /** Null when the answer is right, else what is wrong with it. */
  readonly problem: (answer: ProbeAnswer) => string | null;
}

/** What a service answers when it works: that it is healthy, and who it is. */
export const smokeChecks: readonly SmokeCheck[] = [
  { path: '/health', problem: statusProblem },
  { path: '/host', problem: (answer) => statusProblem(answer) ?? hostProblem(answer) },
];

function statusProblem(answer: ProbeAnswer): string | null {
  if ('unreachable' in answer) return answer.unreachable;
  return answer.status === 200 ? null : `answers ${answer.status}`;
}

function hostProblem(answer: ProbeAnswer): string | null {
  if ('unreachable' in answer) return answer.unreachable;
  try {
    const document = JSON.parse(answer.body) as unknown;
    return typeof document === 'object' && document !== null && 'hostName' in document
      ? null
      : 'answers without a hostName';
  } catch {
    return 'answers without JSON';
  }
}
