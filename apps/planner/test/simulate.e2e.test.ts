import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { SimulationDocument } from '../src/simulate/simulation-document.ts';
import { bundle, runBundle } from './run-bundle.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulate-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends it while it reads: exit code 130, and nothing on standard output',
  async (signal) => {
    const pipe = join(folder, 'trace.csv');
    execFileSync('mkfifo', [pipe]);
    const child = spawn(process.execPath, [bundle, 'simulate', '--trace', pipe, '--capacity', '5']);
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    // Opens once the program has opened it to read.
    const writer = await open(pipe, 'w');
    child.kill(signal);
    await once(child.stderr, 'data');
    // A process cannot end while one of its reads waits for a pipe.
    await writer.close();
    const [exitCode] = (await once(child, 'close')) as [number | null];
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 130,
      stdout: '',
      stderr: 'planner: interrupted\n',
    });
  },
);

test('a long simulation, which has a thread of its own, comes to the same as a short one of the same load', async () => {
  const simulate = async (stepSeconds: number): Promise<SimulationDocument> => {
    const trace = `constant:days=3,requestsPerSecond=40,stepSeconds=${stepSeconds}`;
    const { exitCode, stdout } = await runBundle(
      ['simulate', '--trace', trace, '--capacity', '25', '--json'],
      { folder },
    );
    expect(exitCode).toBe(0);
    return JSON.parse(stdout) as SimulationDocument;
  };
  const [long, short] = [await simulate(1), await simulate(60)];
  expect(long.trace.stepSeconds).toBe(1);
  expect({ ...long, trace: null, figures: null }).toEqual({ ...short, trace: null, figures: null });
});
