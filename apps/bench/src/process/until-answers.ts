import { get } from 'node:http';
import type { Child } from './child.ts';
import type { ChildPool } from './child-pool.ts';

const timeoutMs = 10_000;
const pauseMs = 25;

/** Waits until a URL answers 200. @throws MeasurementError when the child ends first, or it takes longer than 10 s */
export async function untilAnswers(children: ChildPool, url: string, child: Child): Promise<void> {
  const late = { isLate: false };
  const asks = async (): Promise<void> => {
    while (!late.isLate) {
      if (child.hasEnded) throw child.failure(`ended with ${await child.ended}`);
      if (await answers(url)) return;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  try {
    await children.within(timeoutMs, asks(), () =>
      child.failure(`did not answer at ${url} within ${timeoutMs / 1000} s`),
    );
  } finally {
    late.isLate = true;
  }
}

const answers = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: timeoutMs }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('error', () => resolve(false));
    request.on('timeout', () => request.destroy());
  });
