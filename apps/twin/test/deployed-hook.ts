import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import type { TestTraffic } from '@tideline/config';

const bundle = pathToFileURL(resolve(import.meta.dirname, '../../../dist/apps/release-hook/main.mjs')).href;
const event = { DeploymentId: 'd-ABCDEFGHI', LifecycleEventHookExecutionId: 'execution-of-a-hook' };

/** What the function told CodeDeploy, and what it logged. */
interface HookRun {
  readonly reports: readonly Readonly<Record<string, unknown>>[];
  readonly log: string;
}

/**
 * Runs the bundle that a deployed function runs as Lambda would, in a process of its own, against a test listener; what it tells
 * CodeDeploy goes to an endpoint of the test.
 */
export async function runDeployedHook(
  listener: { readonly host: string; readonly port: number },
  traffic: TestTraffic,
): Promise<HookRun> {
  const reports: Readonly<Record<string, unknown>>[] = [];
  const codeDeploy = createServer((request, response) => {
    void text(request).then((body) => {
      reports.push({
        target: request.headers['x-amz-target'],
        ...(JSON.parse(body) as Readonly<Record<string, unknown>>),
      });
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify({ lifecycleEventHookExecutionId: event.LifecycleEventHookExecutionId }));
    });
  });
  await new Promise<void>((listening) => codeDeploy.listen(0, '127.0.0.1', listening));
  const { port } = codeDeploy.address() as AddressInfo;
  try {
    const lambda = `const { handler } = await import(${JSON.stringify(bundle)});
      await handler(${JSON.stringify(event)}, { getRemainingTimeInMillis: () => 120_000 });`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', lambda], {
      env: {
        RELEASE_HOOK: JSON.stringify({ listener, interfaces: null, traffic }),
        AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
        ...{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise<number | null>((done) => child.once('close', done));
    const [log, problem, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    if (exitCode !== 0) throw new Error(`the function failed: ${problem}`);
    return { reports, log };
  } finally {
    codeDeploy.closeAllConnections();
    await new Promise((closed) => codeDeploy.close(closed));
  }
}
