import type { Probe } from '../balancer/targets/health-check.ts';

/** Requests of the test: each of them has to pass. */
const requests = 10;
const timeoutMs = 5000;

/**
 * Test traffic, in the place of a Lambda function at AfterAllowTestTraffic: asks the test listener for the health check’s path.
 * @returns why it did not pass, or null
 */
export async function testTraffic(
  listener: { readonly host: string; readonly port: number },
  { path, probe, signal }: { readonly path: string; readonly probe: Probe; readonly signal: AbortSignal },
): Promise<string | null> {
  for (let request = 1; request <= requests; request += 1) {
    const result = await probe({ ...listener, path, timeoutMs, signal });
    if (result.kind === 'answer' && result.status === 200) continue;
    const got = result.kind === 'answer' ? `status ${result.status}` : result.kind;
    return `test request ${request} of ${requests} to ${path} got ${got}`;
  }
  return null;
}
