import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** What `node tools/bundle.mjs apps/api` made. */
const bundle = join(import.meta.dirname, '..', '..', '..', 'dist', 'apps', 'api', 'main.mjs');

type LogLine = Readonly<Record<string, unknown>>;

/** The bundled program as a process of its own, on ephemeral ports of 127.0.0.1. */
export class ApiProcess {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly logLines: LogLine[] = [];
  /** Exit code, or the signal that ended the process. */
  readonly exited: Promise<number | string>;
  stderr = '';
  readonly #waiting = new Set<() => void>();

  constructor(env: Readonly<Record<string, string>>) {
    this.child = spawn(process.execPath, [bundle], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { HOST: '127.0.0.1', PORT: '0', METRICS_PORT: '0', ...env },
    });
    createInterface(this.child.stdout).on('line', (line) => {
      this.logLines.push(JSON.parse(line) as LogLine);
      for (const check of this.#waiting) check();
    });
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    // 'close' comes after the last output, 'exit' may come before it.
    this.exited = once(this.child, 'close').then(
      ([code, signal]: (number | string | null)[]) => code ?? signal ?? 'unknown',
    );
  }

  /** The first line with this message; rejects when the process exits without it. */
  log(message: string): Promise<LogLine> {
    return new Promise((resolve, reject) => {
      const check = (): void => {
        const line = this.logLines.find(({ msg }) => msg === message);
        if (line === undefined) return;
        this.#waiting.delete(check);
        resolve(line);
      };
      this.#waiting.add(check);
      check();
      void this.exited.then((code) =>
        reject(new Error(`exited with ${code} before "${message}": ${this.stderr}`)),
      );
    });
  }

  async url(): Promise<string> {
    return `http://127.0.0.1:${Number((await this.log('listening')).port)}`;
  }

  async port(): Promise<number> {
    return Number((await this.log('listening')).port);
  }

  /** Every metric, as scraped. */
  async metricsText(): Promise<string> {
    const { metricsPort } = await this.log('listening');
    return (await fetch(`http://127.0.0.1:${Number(metricsPort)}/metrics`)).text();
  }

  /** A metric without labels. */
  async metric(name: string): Promise<number> {
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(await this.metricsText())?.[1]);
  }

  async stop(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }
}
