import { httpApi } from '@tideline/config';
import { PipelineError } from '../pipeline-error.ts';
import { type Observation, poll } from '../poll.ts';
import { smokeChecks } from '../smoke/smoke-checks.ts';
import { done, type Step } from './step.ts';
import { outputsOf } from '../deployed/environment-state.ts';
import type { Pipeline } from '../pipeline.ts';

const intervalMs = 2_000;

/** Asks the service over its URL until everything is answered as it should be. */
export const smokeStep = (pipeline: Pipeline): Step => ({
  id: 'smoke',
  title: `ask ${smokeChecks.map(({ path }) => path).join(' and ')} until both answer, for ${pipeline.smokeDeadlineMs / 1000} s at most`,
  run: async ({ signal, say }) => {
    const { probe, clock, smokeDeadlineMs } = pipeline;
    const base = await baseUrl(pipeline);
    const look = async (): Promise<Observation<null>> => {
      for (const { path, problem } of smokeChecks) {
        const found = problem(await probe(`${base}${path}`, signal));
        if (found !== null) return { done: false, waitingFor: `${base}${path}: ${found}` };
      }
      return { done: true, value: null };
    };
    const ended = await poll(look, {
      intervalMs,
      deadlineMs: smokeDeadlineMs,
      clock,
      signal,
      onWaiting: say,
    });
    if (ended.done) return done(`${base} answers`);
    throw new PipelineError(
      'TL-PIPE-SMOKE',
      `the service does not answer as it should after ${smokeDeadlineMs / 1000} s: ${ended.waitingFor}. See what its tasks say: status, and the log group of the service`,
    );
  },
});

/** Where clients reach the backend’s routes. An HTTP API’s address has the base path in it, a balancer’s has not. */
async function baseUrl(pipeline: Pipeline): Promise<string> {
  const { environment } = pipeline;
  if (pipeline.url === null && httpApi(environment) !== null)
    return (await outputsOf(pipeline, 'ingress')).url.replace(/\/+$/, '');
  const url = pipeline.url ?? (await outputsOf(pipeline, 'service')).url;
  return `${url.replace(/\/+$/, '')}${environment.container.basePath}`;
}
