import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { isRunning, markOf } from '../processes/process-mark.ts';
import type { Engine } from './engine.ts';

const key = 'tideline.twin';
const prefix = 'tideline-twin';

/**
 * Removes what carries the label, once its standard input ends. The engine goes on with a container whose twin was killed,
 * so it takes another process to end it. What has ended is removed by the `--rm` that it was started with.
 */
const sweep = `
cat >/dev/null
for try in 1 2 3 4 5; do
  ids=$("$0" ps --all --quiet --filter "label=$1")
  [ -n "$ids" ] || exit 0
  "$0" kill $ids
  "$0" unpause $ids && "$0" kill $ids
  sleep 1
done
"$0" rm --force --volumes $ids`;

/** Sweepers that this process made: each removes what is its own, however long that takes after the next one has begun. */
let made = 0;

/** Sees to it that no container outlives the twin, however it ends. */
export class ContainerSweeper {
  /** Label of every container of this twin. */
  readonly label: string;
  readonly #mark: string;
  readonly #end: () => void;

  constructor(engine: Engine) {
    this.#mark = `${process.pid}-${markOf(process.pid).startTicks ?? 0}-${(made += 1)}`;
    this.label = `${key}=${this.#mark}`;
    const shell = spawn('/bin/sh', ['-c', sweep, engine.file, this.label], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    shell.once('error', () => undefined).unref();
    shell.stdin.on('error', () => undefined);
    if (shell.stdin instanceof Socket) shell.stdin.unref();
    this.#end = () => shell.stdin.end();
  }

  /** Name of a container; it says whose it is. */
  nameOf(task: string): string {
    return `${prefix}-${this.#mark}-${task}`;
  }

  /** Removes every container of this twin, at once. */
  sweep(): void {
    this.#end();
  }
}

/** Removes the containers that killed twins left where nothing was left to do it; a later process of the same number started at another time. */
export async function removeStaleContainers(engine: Engine): Promise<void> {
  const { stdout } = await engine.run(['ps', '--all', '--filter', `label=${key}`, '--format', '{{.Names}}']);
  const stale = stdout.split('\n').filter((name) => {
    const [, pid, startTicks] = new RegExp(`^${prefix}-(\\d+)-(\\d+)-`).exec(name) ?? [];
    return pid !== undefined && !isRunning({ pid: Number(pid), startTicks });
  });
  if (stale.length > 0) await engine.run(['rm', '--force', '--volumes', ...stale]);
}
