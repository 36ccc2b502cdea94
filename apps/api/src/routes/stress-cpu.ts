import * as z from 'zod';
import { problem } from '../http/problem.ts';
import { json, type Reply } from '../http/reply.ts';
import { defineRoute, type Route } from '../http/route.ts';
import type { Stress, StressRun } from '../stress/stress.ts';
import { bearerGuard } from './bearer-guard.ts';

const percent = z.int().min(1).max(100).describe('Percent of the task’s CPU share.');
const seconds = z.int().min(1).max(600).describe('How long.');
const inPath = (number: typeof percent, range: string) =>
  z
    .string()
    .regex(/^\d{1,3}$/, `must be a whole number ${range}`)
    .transform(Number)
    .pipe(number);

const params = z.object({
  percent: inPath(percent, 'from 1 to 100'),
  seconds: inPath(seconds, 'from 1 to 600'),
});
const progressSchema = z.object({
  state: z.enum(['idle', 'running', 'completed', 'cancelled']),
  percent: percent.optional(),
  seconds: seconds.optional(),
  elapsedSeconds: z.number().optional(),
  cpuSeconds: z.number().optional().describe('CPU time that the run has used, as its threads report it.'),
  startedAt: z.iso.datetime().optional(),
});

export interface StressRoutesOptions {
  readonly stress: Stress;
  readonly token: string;
  readonly basePath: string;
  readonly now: () => Date;
}

/** Starts, shows and cancels a run that burns CPU. All of it is guarded: unguarded, it would be a switch to deny service. */
export function stressRoutes({ stress, token, basePath, now }: StressRoutesOptions): readonly Route[] {
  const progressUrl = `${basePath}/stress-cpu`;
  const guard = bearerGuard(token);
  const shown = (run: StressRun | undefined): Reply => json(progress(run, now()));

  const start = async (run: { percent: number; seconds: number }): Promise<Reply> => {
    const started = stress.start(run.percent, run.seconds);
    if (started === 'busy') {
      return problem('conflict', `A run is under way; see or DELETE ${progressUrl}.`);
    }
    // Who has the answer may count on the task: it is not scaled in before the run has ended.
    await stress.protected;
    return { ...json(progress(started, now()), 202), headers: { location: progressUrl } };
  };
  const started = {
    status: 202,
    description: 'Started; `location` shows the progress.',
    schema: progressSchema,
  };

  return [
    defineRoute({
      method: 'GET',
      path: '/stress-cpu/:percent/:seconds',
      operationId: 'startStressByPath',
      summary: 'Starts burning CPU; one run at a time.',
      params,
      responses: [started],
      problems: ['conflict'],
      guard,
      handle: ({ params: run }) => start(run),
    }),
    defineRoute({
      method: 'POST',
      path: '/stress-cpu',
      operationId: 'startStress',
      summary: 'Starts burning CPU, as a request that no cache or crawler repeats.',
      body: z.strictObject({ percent, seconds }),
      responses: [started],
      problems: ['conflict', 'unsupported-media-type'],
      guard,
      handle: ({ body: run }) => start(run),
    }),
    defineRoute({
      method: 'GET',
      path: '/stress-cpu',
      operationId: 'getStress',
      summary: 'The run that is under way, or the last one.',
      responses: [{ status: 200, description: 'Its progress.', schema: progressSchema }],
      problems: [],
      guard,
      handle: () => shown(stress.run),
    }),
    defineRoute({
      method: 'DELETE',
      path: '/stress-cpu',
      operationId: 'cancelStress',
      summary: 'Cancels the run that is under way.',
      responses: [{ status: 200, description: 'The cancelled run.', schema: progressSchema }],
      problems: ['conflict'],
      guard,
      handle: () => {
        const cancelled = stress.cancel();
        return cancelled === undefined ? problem('conflict', 'No run is under way.') : shown(cancelled);
      },
    }),
  ];
}

function progress(run: StressRun | undefined, now: Date): z.input<typeof progressSchema> {
  if (run === undefined) return { state: 'idle' };
  const { state, percent, seconds, startedAt, endedAt, cpuMs } = run;
  return {
    state,
    percent,
    seconds,
    elapsedSeconds: ((endedAt ?? now).getTime() - startedAt.getTime()) / 1000,
    cpuSeconds: Math.round(cpuMs) / 1000,
    startedAt: startedAt.toISOString(),
  };
}
