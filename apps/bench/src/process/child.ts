import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { MeasurementError } from '../outcome.ts';

export interface ChildSpec {
  /** What messages call it. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Added to this process’s own environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Cores that it, and what it starts, may use, as `taskset -c` names them. @default all */
  readonly cores?: string;
}

/** How a child ended: `exit code 1` or `SIGTERM`. */
export type Ending = string;

const killAfterMs = 3000;
const keptStderrCharacters = 2000;

/** A child process with a lifeline: its standard input is a pipe that ends with this process, however that ends. */
export class Child {
  readonly name: string;
  readonly ended: Promise<Ending>;
  readonly #process: ChildProcessWithoutNullStreams;
  #hasEnded = false;
  #stderr = '';

  constructor({ name, command, args, env, cores }: ChildSpec) {
    this.name = name;
    const [program = '', ...rest] = [
      ...(cores === undefined ? [] : ['taskset', '-c', cores]),
      command,
      ...args,
    ];
    // A group of its own: Ctrl-C reaches the benchmark alone, which stops its children in order.
    this.#process = spawn(program, rest, { detached: true, env: { ...process.env, ...env } });
    this.#process.stdin.on('error', () => undefined); // it has ended: `ended` says so
    this.#process.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-keptStderrCharacters);
    });
    this.ended = new Promise((resolve) => {
      const end = (ending: Ending): void => {
        this.#hasEnded = true;
        resolve(ending);
      };
      this.#process.once('error', (error) => end(error.message));
      this.#process.once('close', (code, signal) => end(signal ?? `exit code ${code ?? 'unknown'}`));
    });
  }

  /** @throws MeasurementError when it could not be started */
  get pid(): number {
    const { pid } = this.#process;
    if (pid === undefined) throw this.failure('could not be started');
    return pid;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Everything that it prints on standard output, until it ends. */
  async output(): Promise<string> {
    let text = '';
    this.#process.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
    await this.ended;
    return text;
  }

  /** The first of its lines that `read` makes something of; what it prints later is dropped, as a log collector would take it. */
  firstLine<T>(read: (line: string) => T | undefined): Promise<T> {
    const { promise, resolve, reject } = withResolvers<T>();
    const lines = createInterface({ input: this.#process.stdout });
    lines.on('line', (line) => {
      const value = read(line);
      if (value === undefined) return;
      lines.close();
      this.#process.stdout.resume();
      resolve(value);
    });
    void this.ended.then((ending) => reject(this.failure(`ended with ${ending} before it listened`)));
    return promise;
  }

  /** An error that says what it did, and what it last printed on standard error. */
  failure(what: string): MeasurementError {
    const said = this.#stderr.trim();
    return new MeasurementError(`${this.name} ${what}${said === '' ? '' : `: ${said}`}`);
  }

  /** Asks it to end, and makes it after 3 s. Resolves once it has. */
  async stop(): Promise<void> {
    if (this.#hasEnded) return;
    this.#process.kill('SIGTERM');
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), killAfterMs);
    await this.ended;
    clearTimeout(timer);
  }
}

/** `Promise.withResolvers`, which Node 20 lacks. */
function withResolvers<T>() {
  let settle!: { readonly resolve: (value: T) => void; readonly reject: (error: Error) => void };
  const promise = new Promise<T>((resolve, reject) => (settle = { resolve, reject }));
  return { promise, ...settle };
}
