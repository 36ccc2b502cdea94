import { connect } from 'node:net';
import { type Environment, healthCheckFacts } from '@tideline/config';
import { httpProbe } from '../balancer/targets/http-probe.ts';
import type { ProbeResult } from '../balancer/targets/target-health.ts';

/** Wall time between two looks at a program that starts. */
const pollMs = 50;
/** Wall time that one look takes at most. */
const lookMs = 2000;
/** Wall time after which a program that does not listen has not started. */
export const longestStartMs = 60_000;

export interface Listener {
  readonly host: string;
  readonly port: number;
}

/** Looks once whether a program is ready. */
export type Look = (listener: Listener, signal: AbortSignal) => Promise<boolean>;

/** Something takes connections there. */
export const takesConnections: Look = ({ host, port }) =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: lookMs });
    const settle = (answer: boolean) => (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', settle(true)).once('timeout', settle(false)).once('error', settle(false));
  });

/** It answers its health check. */
export const healthCheckLook = (environment: Environment): Look => {
  const { succeeds } = healthCheckFacts(environment);
  return probed(environment, (result) => result.kind === 'answer' && succeeds(result.status));
};

/** It answers a request, whatever it answers. */
export const answersHttp = (environment: Environment): Look =>
  probed(environment, ({ kind }) => kind === 'answer');

const probed =
  (
    { container, healthCheck }: Pick<Environment, 'container' | 'healthCheck'>,
    accept: (result: ProbeResult) => boolean,
  ): Look =>
  async (listener, signal) =>
    accept(
      await httpProbe({
        ...listener,
        path: `${container.basePath}${healthCheck.path}`,
        timeoutMs: lookMs,
        signal,
      }),
    );

/**
 * Waits until the program is ready: nothing announces that a program of the user’s listens, so it is looked at.
 * @returns false when it is not in time, or `signal` aborts
 */
export async function becomesReady(listener: Listener, look: Look, signal: AbortSignal): Promise<boolean> {
  const endMs = performance.now() + longestStartMs;
  while (!signal.aborted && performance.now() < endMs) {
    if (await look(listener, signal)) return !signal.aborted;
    await pause(signal);
  }
  return false;
}

const pause = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, pollMs);
    signal.addEventListener('abort', done);
  });
