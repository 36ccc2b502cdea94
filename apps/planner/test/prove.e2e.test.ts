import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { parseRunRecord } from '@tideline/evidence';
import { proofSchema } from '../src/prove/proof-schema.ts';
import { runBundle } from './run-bundle.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'prove-')));
  writeFileSync(join(folder, 'tideline.config.yaml'), description);
});
afterEach(async () => {
  // Whatever it started ends with it.
  while (processes().length > 0) await wait(50);
  rmSync(folder, { recursive: true });
});

const description = `
preset: load-driven
capacity: { min: 2, max: 4, desired: 2 }
scaling:
  policies:
    - type: target-tracking
      name: requests
      metric: { kind: requests-per-target, requestsPerTargetPerMinute: 1800 }
      scaleInCooldownSeconds: 60
`;

/** Processes that were started in the test’s folder. Empty without /proc. */
function processes(): readonly string[] {
  const ofFolder = (id: string): boolean => {
    try {
      return readlinkSync(`/proc/${id}/cwd`) === folder;
    } catch {
      return false;
    }
  };
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && ofFolder(name));
  } catch {
    return [];
  }
}

const prove = (args: readonly string[], interruptAfter?: string) =>
  runBundle(['prove', ...args, '--out', 'out'], { folder, interruptAfter });

/** Far from the target of 60 requests/s of two tasks on either side. */
const traffic = [
  ...['--trace', 'on-off:days=0.1,low=30,high=96,onMinutes=6,offMinutes=22', '--capacity', '35'],
  ...['--policy', 'current', '--minutes', '28'],
];

test('the twin decides what was predicted, and both are in the documents', async () => {
  const { exitCode, stdout, stderr } = await prove([...traffic, '--json']);
  expect(stderr).toContain('prove.json and prove.html');
  const proof = proofSchema.parse(JSON.parse(stdout));
  expect(exitCode).toBe(proof.agrees ? 0 : 1);
  expect(readFileSync(join(folder, 'out', 'prove.json'), 'utf8')).toBe(stdout);
  expect(readFileSync(join(folder, 'out', 'prove.html'), 'utf8')).toContain('Proof for load-driven');
  const record = parseRunRecord(JSON.parse(readFileSync(join(folder, proof.run.record), 'utf8')));
  expect(record).toMatchObject({
    status: 'completed',
    observedBy: 'twin',
    environment: { preset: 'load-driven' },
  });
  expect(proof.part.scaleOuts).toBeGreaterThan(0);
  expect(proof.part.scaleIns).toBeGreaterThan(0);
  expect([27, 28]).toContain(proof.agreement.minutes.length);
  expect(proof.agreement.holds.moves).toBe(true);
  expect(proof.agreement.moves.length).toBeGreaterThanOrEqual(2);
});

test('Ctrl-C ends it and what it started with 130, and neither document is written', async () => {
  const { exitCode, stdout } = await prove(traffic, 'on the twin');
  expect([exitCode, stdout]).toEqual([130, '']);
  expect(readdirSync(join(folder, 'out')).filter((name) => name.startsWith('prove'))).toEqual([]);
});
