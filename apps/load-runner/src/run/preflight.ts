import { UsageError } from '../cli/usage-error.ts';

const longestWaitMs = 10_000;

/**
 * Asks the target once, so that a wrong address is an error and not a report full of failures. Any status is an answer.
 * @throws UsageError when none comes.
 */
export async function checkTargetAnswers(target: URL, path: string): Promise<void> {
  const url = new URL(`${target.href.replace(/\/$/, '')}${path}`);
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(longestWaitMs) });
    await response.body?.cancel();
  } catch (error) {
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const said = reason instanceof Error ? reason.message : String(reason);
    throw new UsageError(
      'TL-RUN-TARGET',
      `--target: ${url.href} did not answer within ${longestWaitMs / 1000} s (${said}); start the target, or give the URL it listens on`,
      { cause: error },
    );
  }
}
