import { randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  type OwnedRuntime,
  StartFailure,
  type TaskEndpoint,
  type TaskProcess,
} from '../../src/tasks/task-runtime.ts';
import { eventually } from '../eventually.ts';

/** A runtime under the contract, with a program that it can start. */
export interface RuntimeUnderTest {
  readonly name: string;
  readonly create: () => Promise<OwnedRuntime>;
  /** What the program answers with 200. */
  readonly path: string;
  /** Variables with which the program does not start, and what it says then. */
  readonly failing: { readonly variables: Readonly<Record<string, string>>; readonly words: RegExp };
}

/** Names every process of a test; whatever a program starts inherits it. */
const markName = 'TIDELINE_TEST_MARK';

/** Ids of the processes that carry a mark. */
export async function marked(mark: string): Promise<readonly number[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const environments = await Promise.all(
    ids.map((id) => readFile(`/proc/${id}/environ`, 'utf8').catch(() => '')),
  );
  return ids.filter((_, index) => environments[index]!.includes(`${markName}=${mark}`)).map(Number);
}

const answers = async ({ host, port }: TaskEndpoint, path: string): Promise<boolean> => {
  try {
    const answer = await fetch(`http://${host}:${port}${path}`, { signal: AbortSignal.timeout(1000) });
    return answer.ok;
  } catch {
    return false;
  }
};

/** What every TaskRuntime does alike. */
export function taskRuntimeContract({ name, create, path, failing }: RuntimeUnderTest): void {
  describe(`${name}, as every runtime of tasks`, () => {
    let runtime: OwnedRuntime | undefined;
    let mark = '';

    const start = async (variables: Readonly<Record<string, string>> = {}): Promise<TaskProcess> => {
      runtime ??= await create();
      mark = randomUUID();
      return runtime.start({ ...spec(), variables: { [markName]: mark, ...variables } });
    };
    const spec = () => ({
      taskId: mark.replaceAll('-', ''),
      availabilityZone: 'us-east-1a',
      version: '1',
    });
    const nothingIsLeft = (): Promise<unknown> =>
      eventually(
        () => marked(mark),
        (ids) => ids.length === 0,
      );

    afterEach(async () => {
      await runtime?.close();
      await nothingIsLeft();
      runtime = undefined;
    });

    test('a task listens on the loopback interface, and its CPU time and memory are read', async () => {
      const task = await start();
      const endpoint = await task.listening;
      expect(endpoint.host).toBe('127.0.0.1');
      await eventually(
        () => answers(endpoint, path),
        (answered) => answered,
      );
      const before = await task.usage();
      expect(before!.memoryMiB).toBeGreaterThan(0);
      const after = await eventually(
        async () => {
          await answers(endpoint, path);
          return task.usage();
        },
        (usage) => usage !== undefined && usage.cpuSeconds > before!.cpuSeconds,
      );
      expect(after!.readAtMs).toBeGreaterThan(before!.readAtMs);
    });

    test('a task that is asked to end does, and nothing of it is left', async () => {
      const task = await start();
      const endpoint = await task.listening;
      expect(await marked(mark)).not.toEqual([]);
      task.terminate();
      await task.exited;
      await nothingIsLeft();
      expect(await answers(endpoint, path)).toBe(false);
      expect(await task.usage()).toBeUndefined();
    });

    test('a killed task says so, and nothing of it is left', async () => {
      const task = await start();
      await task.listening;
      task.kill();
      const { code, signal } = await task.exited;
      // An engine reports the signal in its exit code, as a shell does.
      expect([137, 'SIGKILL']).toContain(signal ?? code);
      await nothingIsLeft();
    });

    test('an instance starts its program again under its own id, at once', async () => {
      const first = await start();
      await first.listening;
      first.kill();
      await first.exited;
      const again = runtime!.start({ ...spec(), variables: { [markName]: mark } });
      await again.listening;
      again.terminate();
      await again.exited;
      await nothingIsLeft();
    });

    test('a frozen task answers nothing until it is killed', async () => {
      const task = await start();
      const endpoint = await task.listening;
      task.freeze();
      await eventually(
        () => answers(endpoint, path),
        (answered) => !answered,
      );
      task.kill();
      await task.exited;
      await nothingIsLeft();
    });

    test('a program that ends before it listens fails to start, with its last words', async () => {
      const task = await start(failing.variables);
      const error: unknown = await task.listening.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(StartFailure);
      expect((error as Error).message).toMatch(failing.words);
      await task.exited;
    });

    test('a task that is stopped as it starts ends', async () => {
      const killed = await start();
      killed.kill();
      await killed.exited;
      await nothingIsLeft();
      const stopped = await start();
      stopped.terminate();
      await stopped.exited;
      await nothingIsLeft();
    });

    test('the end of the runtime is the end of its tasks, of frozen ones too', async () => {
      const task = await start();
      await task.listening;
      task.freeze();
      await runtime!.close();
      await task.exited;
      await nothingIsLeft();
    });

    test('its end at once is that, too', async () => {
      const task = await start();
      await task.listening;
      runtime!.killAll();
      await task.exited;
      await nothingIsLeft();
    });
  });
}
