import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const bundle = fileURLToPath(new URL('../../../dist/apps/bench/main.mjs', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The bundled benchmark as a process. */
export class StartedBench {
  readonly process: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;
  #stdout = '';
  #stderr = '';

  /** @param temporaryFolder where it puts temporary files. */
  constructor(args: readonly string[], temporaryFolder: string) {
    this.process = spawn(process.execPath, [bundle, ...args], {
      env: { ...process.env, TMPDIR: temporaryFolder, NODE_OPTIONS: '' },
    });
    this.process.stdout.setEncoding('utf8').on('data', (text: string) => (this.#stdout += text));
    this.process.stderr.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text));
    this.ended = new Promise((resolve) => {
      this.process.once('close', (code) => resolve({ code, stdout: this.#stdout, stderr: this.#stderr }));
    });
  }

  /** Resolves with the first line that contains the text; rejects when it ends without one. */
  line(stream: 'stdout' | 'stderr', text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      createInterface({ input: this.process[stream] }).on('line', (line) => {
        if (line.includes(text)) resolve(line);
      });
      void this.ended.then(({ stderr }) => reject(new Error(`ended without "${text}": ${stderr}`)));
    });
  }

  /** Ids of all processes below it. */
  async descendants(): Promise<readonly number[]> {
    const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
    const processes = stdout
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number));
    const found = [this.process.pid ?? 0];
    for (const parent of found) {
      for (const [pid = 0, ppid] of processes) if (ppid === parent) found.push(pid);
    }
    return found.slice(1);
  }
}

/** Resolves once none of the processes is left; what watches over the others goes a moment after them. @throws Error with those that stay */
export async function allGone(pids: readonly number[]): Promise<void> {
  const deadlineMs = performance.now() + 20_000;
  while (pids.some(isAlive)) {
    if (performance.now() > deadlineMs) throw new Error(`still there: ${pids.filter(isAlive).join(', ')}`);
    await setTimeout(20);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
