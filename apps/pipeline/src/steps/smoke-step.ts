import { type Environment, healthCheckFacts, httpApi, isShippedBackend } from '@tideline/config';
import { messageOf } from '@tideline/process';
import { PipelineError } from '../pipeline-error.ts';
import { type Look, poll } from '../poll.ts';
import { done, type Step } from './step.ts';
import { outputsOf } from '../deployed/environment-state.ts';
import type { Pipeline, Probe, ProbeAnswer } from '../pipeline.ts';

const intervalMs = 2_000;

/** Asks the service over its URL until everything is answered as it should be. */
export function smokeStep(pipeline: Pipeline): Step {
  const checks = smokeChecks(pipeline.environment);
  return {
    id: 'smoke',
    title: `ask ${checks.map(({ path }) => path).join(' and ')} until ${checks.length === 1 ? 'it answers' : 'both answer'}, for ${pipeline.smokeDeadlineMs / 1000} s at most`,
    run: async (context) => {
      const { probe, clock, smokeDeadlineMs } = pipeline;
      const base = await serviceUrl(pipeline);
      const look = async (): Promise<Look<null>> => {
        for (const { path, problem } of checks) {
          const found = problem(await probe(`${base}${path}`, context.signal));
          if (found !== null) return { done: false, waitingFor: `${base}${path}: ${found}` };
        }
        return { done: true, value: null };
      };
      const ended = await poll(look, { intervalMs, deadlineMs: smokeDeadlineMs, clock, context });
      if (ended.done) return done(`${base} answers`);
      throw new PipelineError(
        'TL-PIPE-SMOKE',
        `the service does not answer as it should after ${smokeDeadlineMs / 1000} s: ${ended.waitingFor}. See what its tasks say: status, and the log group of the service`,
      );
    },
  };
}

/** Where clients reach the backend’s routes. An HTTP API’s address has the base path in it, a balancer’s has not. */
export async function serviceUrl(pipeline: Pipeline): Promise<string> {
  const { environment } = pipeline;
  if (pipeline.url === null && httpApi(environment) !== null)
    return (await outputsOf(pipeline, 'ingress')).url.replace(/\/+$/, '');
  const url = pipeline.url ?? (await outputsOf(pipeline, 'service')).url;
  return `${url.replace(/\/+$/, '')}${environment.container.basePath}`;
}

interface SmokeCheck {
  readonly path: string;
  /** Null when the answer is right, else what is wrong with it. */
  readonly problem: (answer: ProbeAnswer) => string | null;
}

/**
 * What a service answers when it works: the backend that is shipped here that it is healthy, and who it is; a program of the
 * user’s what the balancer’s probe takes for healthy, since nothing else is known of it.
 */
function smokeChecks(environment: Environment): readonly SmokeCheck[] {
  if (!isShippedBackend(environment)) {
    const { succeeds, matcher } = healthCheckFacts(environment);
    return [{ path: environment.healthCheck.path, problem: statusProblem(succeeds, matcher) }];
  }
  const isOk = statusProblem((status) => status === 200, '200');
  return [
    { path: '/health', problem: isOk },
    { path: '/host', problem: (answer) => isOk(answer) ?? hostProblem(answer) },
  ];
}

const statusProblem =
  (succeeds: (status: number) => boolean, allowed: string) =>
  (answer: ProbeAnswer): string | null => {
    if ('unreachable' in answer) return answer.unreachable;
    return succeeds(answer.status) ? null : `answers ${answer.status}, and should answer ${allowed}`;
  };

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

const timeoutMs = 5_000;

export const fetchProbe: Probe = async (url, signal) => {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      redirect: 'manual',
    });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return { unreachable: messageOf(cause) };
  }
};
