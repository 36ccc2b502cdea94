import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { type RequestListener, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunRecord, parseRunRecord } from '@tideline/evidence';

const bundle = join(import.meta.dirname, '../../../dist/apps/load-runner/main.mjs');

/** A started load-runner, with a folder of its own. */
export interface Started {
  readonly child: ChildProcessWithoutNullStreams;
  readonly outDir: string;
  /** Settles when it has exited. */
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
}

const running = new Set<ChildProcessWithoutNullStreams>();

/** Ends what a failed test left behind. */
export function killLoadRunners(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Starts the bundled program, as a user would. */
export const startLoadRunner = (...args: string[]): Started => startLoadRunnerIn(process.env, ...args);

/** The same, with other environment variables. */
export function startLoadRunnerIn(env: NodeJS.ProcessEnv, ...args: string[]): Started {
  if (!existsSync(bundle)) throw new Error(`${bundle} is missing; build it first: npx nx build load-runner`);
  const outDir = join(mkdtempSync(join(tmpdir(), 'load-runner-')), 'reports');
  const child = spawn(process.execPath, [bundle, '--out', outDir, ...args], { stdio: 'pipe', env });
  running.add(child);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close').then(() => {
    running.delete(child);
    return { code: child.exitCode, stdout, stderr };
  });
  return { child, outDir, ended };
}

export const latestRecord = (outDir: string): RunRecord =>
  parseRunRecord(JSON.parse(readFileSync(join(outDir, 'latest', 'run-record.json'), 'utf8')));

/** Serves on a free port of this machine. */
export async function serveHttp(listener: RequestListener) {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
