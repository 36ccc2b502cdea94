import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type Readable } from 'node:stream';

/**
 * Runs the command until this shell’s standard input ends. The input is a pipe that only our process holds, so that the
 * command ends with us however we end, SIGKILL included. The shell gives up its own stderr: the pipe ends with the command.
 */
const guard =
  '"$@" </dev/null >/dev/null & child=$!; exec 2>/dev/null; read -r _; kill "$child"; wait "$child"';

const readyDeadlineMs = 60_000;
const keptLines = 20;

export interface MotoServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts `moto_server` on a free port of 127.0.0.1 and resolves once it answers.
 *
 * @throws Error with moto’s last words when it ends early, or does not answer within a minute
 */
export async function startMotoServer(executable: string): Promise<MotoServer> {
  // A group of its own keeps the terminal’s Ctrl-C away: we stop it, after the gateway.
  const shell = spawn('/bin/sh', ['-c', guard, 'sh', executable, '-H', '127.0.0.1', '-p', '0'], {
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
    // Attaching an AWS managed policy to a role fails without them.
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true', PYTHONUNBUFFERED: '1' },
  });
  const close = async (): Promise<void> => {
    if (shell.exitCode !== null || shell.signalCode !== null) return;
    const exited = once(shell, 'exit');
    shell.stdin.end();
    await exited;
  };
  try {
    const url = await withDeadline(listeningUrl(shell, shell.stderr));
    await (await fetch(`${url}/moto-api/`)).text();
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function listeningUrl(shell: ChildProcess, output: Readable): Promise<string> {
  const lines = createInterface({ input: output });
  const lastLines: string[] = [];
  return new Promise((resolve, reject) => {
    shell.once('error', reject);
    lines.on('line', (line) => {
      const url = /Running on (http:\/\/\S+)/.exec(line)?.[1];
      if (url !== undefined) resolve(url);
      lastLines.push(line);
      if (lastLines.length > keptLines) lastLines.shift();
    });
    lines.once('close', () => {
      reject(new Error(`moto_server ended before it answered; its last words:\n${lastLines.join('\n')}`));
    });
  });
}

async function withDeadline(url: Promise<string>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new Error(`moto_server did not answer within ${readyDeadlineMs / 1000} s; run it by hand to see why`),
      );
    }, readyDeadlineMs);
  });
  try {
    return await Promise.race([url, late]);
  } finally {
    clearTimeout(timer);
  }
}
