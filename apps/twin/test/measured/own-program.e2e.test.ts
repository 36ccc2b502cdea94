import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { parseRunRecord } from '@tideline/evidence';
import { descriptionOfOwnProgram as description, nodeServer } from '../runtimes/user-program.ts';
import { TwinProcess } from '../twin-process.ts';

let twin: TwinProcess | undefined;

afterEach(async () => {
  await twin?.remove();
  twin = undefined;
});

describe('twin run of a program of the user’s', () => {
  const profile = (requestsPerSecond: number, path: string): string =>
    JSON.stringify({
      name: 'short',
      stages: [{ users: 10, usersPerSecond: 10, holdSeconds: 540, requestsPerSecond }],
      endpoints: [{ path }],
    });

  async function run(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
    twin = await TwinProcess.prepared(files, [
      ...['run', '--speed', '30', '--idle-speed', '120', '--profile', 'short.json', '--out', 'out', ...args],
    ]);
    await twin.exited;
    try {
      const record = await readFile(join(twin.folder, 'out/latest/run-record.json'), 'utf8');
      return parseRunRecord(JSON.parse(record));
    } catch (error) {
      throw new Error(`no run record: ${twin.stderr}`, { cause: error });
    }
  }

  test('scales a static server that a shell starts, by its requests', async () => {
    const start = 'python3 -m http.server "$PORT" --bind 127.0.0.1\n';
    // 2,400 a minute: 6 tasks are what a target of 420 needs.
    const record = await run(
      {
        'start.sh': start,
        'index.html': '<h1>Hello</h1>',
        'short.json': profile(40, '/index.html'),
        'tideline.config.json': description({ command: 'sh start.sh' }),
      },
      ...['--idle-speed', '240'],
      ...['--set', 'scaling.policies.requests-per-target.metric.requestsPerTargetPerMinute=420'],
    );
    expect(record.scaling).toMatchObject({ minTasks: 2, peakRunning: 6, finalRunning: 2 });
    expect(record.load.failures.total).toBe(0);
    expect(record.runtime?.kind).toBe('command');
  });

  // Two tasks are two thirds busy: a machine that is busy itself still answers health checks in time.
  test('scales a busy server by the CPU time of its processes', async () => {
    const record = await run({
      'server.mjs': nodeServer,
      'short.json': profile(11, '/?burn=30'),
      'tideline.config.json': description(
        { command: ['node', 'server.mjs'] },
        {
          compute: { kind: 'fargate', cpuUnits: 256, memoryMiB: 512 },
          container: { image: 'busy:1', cpuMillisecondsPerRequest: 30 },
          scaling: {
            policies: [{ type: 'target-tracking', name: 'cpu', metric: { kind: 'cpu', targetPercent: 40 } }],
          },
        },
      ),
    });
    const out = record.scaling.activities.filter(({ from, to }) => to > from);
    expect(out.length).toBeGreaterThan(0);
    expect(out.every(({ policy }) => policy === 'cpu')).toBe(true);
    expect(record.scaling.finalRunning).toBe(2);
  });
});
