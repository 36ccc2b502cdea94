import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

/**
 * Runs the command until the shell’s standard input ends, which only we hold: however we end, it ends. A Redis that has just
 * become a replica refuses to stop while it writes its first append-only file, so what still runs after seconds is killed.
 */
const guard = [
  '"$@" </dev/null & child=$!; read -r _; kill "$child"',
  '{ sleep 3; kill -9 "$child"; } >/dev/null 2>&1 & killer=$!',
  'wait "$child"; kill "$killer"',
].join('\n');

/** A server of somebody else’s that writes when it is ready, started in the foreground. */
export class GuardedProcess {
  readonly #shell: ChildProcessByStdio<Writable, Readable, null>;
  readonly #exited: Promise<unknown>;
  #text = '';

  constructor(command: readonly string[], env: Readonly<Record<string, string>> = {}) {
    this.#shell = spawn('/bin/sh', ['-c', `{ ${guard}; } 2>&1`, 'sh', ...command], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...env },
    });
    this.#shell.stdout.setEncoding('utf8').on('data', (text: string) => (this.#text += text));
    // Writing ends the command, so nobody writes; it may be gone by then.
    this.#shell.stdin.on('error', () => undefined);
    this.#exited = once(this.#shell, 'close');
  }

  /** The first match in what it writes; rejects when it ends without. */
  async written(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.#text);
      if (match !== null) return match;
      const more = once(this.#shell.stdout, 'data');
      await Promise.race([
        more,
        this.#exited.then(() => {
          throw new Error(`ended without ${String(pattern)}; it wrote:\n${this.#text.slice(-2000)}`);
        }),
      ]);
    }
  }

  async stop(): Promise<void> {
    this.#shell.stdin.end();
    await this.#exited;
  }
}
