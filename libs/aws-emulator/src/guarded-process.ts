import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type Readable, type Writable } from 'node:stream';

/**
 * Runs the command until this shell’s standard input ends. The input is a pipe that only our process holds, so that the
 * command ends with us however we end, SIGKILL included. The command writes everything to the shell’s stderr, which the
 * shell itself gives up: that pipe ends with the command. A command that is stopped is let run on, and killed after 3 s.
 */
const guard =
  '"$@" </dev/null >&2 & child=$!; exec 2>/dev/null; read -r _; kill "$child"; kill -CONT "$child"; { sleep 3; kill -9 "$child"; } & killer=$!; wait "$child"; kill "$killer"';

const readyDeadlineMs = 60_000;
const keptLines = 20;

interface GuardedCommand {
  /** Name of the program in messages. */
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Reads from a line of output what the caller waits for; undefined for every other line. */
  readonly readyLine: (line: string) => string | undefined;
  /** Folder that it runs in. @default this process’s */
  readonly cwd?: string | undefined;
}

interface GuardedProcess {
  /** What `readyLine` read. */
  readonly ready: string;
  /** Ends the process; resolves when it is gone. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a server that ends with this process, however this process ends, and resolves once it prints that it is ready.
 *
 * @throws Error with its last lines when it ends early, or is not ready within a minute
 */
export async function startGuarded(command: GuardedCommand): Promise<GuardedProcess> {
  const { name, file, args, env, cwd } = command;
  // A group of its own keeps the terminal’s Ctrl-C away: we stop it, after what uses it.
  const shell = spawn('/bin/sh', ['-c', guard, 'sh', file, ...args], {
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
    env,
    cwd,
  });
  const close = async (): Promise<void> => {
    if (shell.exitCode !== null || shell.signalCode !== null) return;
    const exited = once(shell, 'exit');
    shell.stdin.end();
    await exited;
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const message = `${name} was not ready within ${readyDeadlineMs / 1000} s; run it by hand to see why`;
      reject(new Error(message));
    }, readyDeadlineMs);
  });
  try {
    return { ready: await Promise.race([readyText(shell, command), late]), close };
  } catch (error) {
    await close();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function readyText(
  shell: ChildProcessByStdio<Writable, null, Readable>,
  { name, readyLine }: GuardedCommand,
): Promise<string> {
  const lines = createInterface({ input: shell.stderr });
  const lastLines: string[] = [];
  return new Promise((resolve, reject) => {
    shell.once('error', reject);
    lines.on('line', (line) => {
      const ready = readyLine(line);
      if (ready !== undefined) resolve(ready);
      lastLines.push(line);
      if (lastLines.length > keptLines) lastLines.shift();
    });
    lines.once('close', () => {
      reject(new Error(`${name} ended before it was ready; its last lines:\n${lastLines.join('\n')}`));
    });
  });
}
