import { type AskTest, sendTestTraffic } from '@tideline/evidence/test-traffic';
import { type HookEvent, readEvent } from './hook-event.ts';
import type { HookSettings } from './hook-settings.ts';

/** What CodeDeploy takes as the outcome of a hook. */
export type HookStatus = 'Succeeded' | 'Failed';

export interface HookParts {
  /** @throws Error when there are none */
  readonly settings: () => HookSettings;
  /** Where the test listener answers: a name, or every private address. */
  readonly addresses: (settings: HookSettings) => Promise<readonly string[]>;
  /** One request for a path, to one address after the other. */
  readonly ask: (settings: HookSettings, addresses: readonly string[]) => AskTest;
  readonly report: (event: HookEvent, status: HookStatus) => Promise<void>;
  /** Between two requests. */
  readonly pause: () => Promise<void>;
  /** Resolves when there is just time enough left to report; rejects when `signal` aborts. */
  readonly timeUp: (signal: AbortSignal) => Promise<unknown>;
  /** A line of the function’s log. */
  readonly log: (line: Readonly<Record<string, unknown>>) => void;
}

/**
 * Tests a release and reports the outcome. Whatever goes wrong before the report is reported as Failed: a version that could not
 * be tested gets no traffic. @throws what keeps it from reporting, so that Lambda counts an error and tries again
 */
export async function handleRelease(event: unknown, parts: HookParts): Promise<void> {
  const execution = readEvent(event);
  const reason = await inTime(parts);
  const status = reason === null ? 'Succeeded' : 'Failed';
  parts.log({ ...execution, status, reason });
  await parts.report(execution, status);
}

/** @returns why the version gets no traffic, or null */
async function inTime(parts: HookParts): Promise<string | null> {
  const tested = new AbortController();
  try {
    return await Promise.race([
      test(parts),
      parts
        .timeUp(tested.signal)
        .then(() => 'the time of the function ended before every request was answered'),
    ]);
  } catch (error) {
    return `the version could not be tested: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    tested.abort();
  }
}

async function test({ settings, addresses, ask, pause }: HookParts): Promise<string | null> {
  const read = settings();
  return sendTestTraffic(read.traffic, ask(read, await addresses(read)), pause);
}
