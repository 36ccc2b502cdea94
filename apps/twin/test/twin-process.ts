import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readlink, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Observation, observationSchema } from '@tideline/evidence';
import type { ContainerInstanceDescription } from '../src/control/container-instance-routes.ts';
import type { InstanceDescription } from '../src/control/auto-scaling-group-routes.ts';
import type { TaskDescription } from '../src/control/service-routes.ts';
import type { InstanceRefresh } from '../src/auto-scaling-group/instance-refresh.ts';
import type { Deployment } from '../src/service/deployment.ts';
import { eventually } from './eventually.ts';

const program = resolve(import.meta.dirname, '../../../dist/apps/twin/main.mjs');

/** The bundled twin, run as a user runs it, in a folder of its own. */
export class TwinProcess {
  readonly folder: string;
  readonly exited: Promise<number | null>;
  stdout = '';
  stderr = '';
  hasExited = false;
  readonly #child: ChildProcess;

  private constructor(folder: string, args: readonly string[], variables: NodeJS.ProcessEnv) {
    this.folder = folder;
    const child = spawn(process.execPath, [program, ...args], {
      cwd: folder,
      env: { ...process.env, ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.exited = new Promise((done) =>
      child.once('close', (code) => {
        this.hasExited = true;
        done(code);
      }),
    );
    this.#child = child;
  }

  static start(...args: readonly string[]): Promise<TwinProcess> {
    return TwinProcess.startWith({}, ...args);
  }

  /** Starts it with these environment variables over the test’s own. */
  static async startWith(variables: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<TwinProcess> {
    return new TwinProcess(await realpath(await mkdtemp(join(tmpdir(), 'tideline-twin-'))), args, variables);
  }

  /** Starts it with these files in its folder. */
  static async prepared(
    files: Readonly<Record<string, string>>,
    args: readonly string[],
  ): Promise<TwinProcess> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'tideline-twin-')));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    return new TwinProcess(folder, args, {});
  }

  /** Starts another one in the same folder, once this one has ended. */
  async again(...args: readonly string[]): Promise<TwinProcess> {
    await this.exited;
    return new TwinProcess(this.folder, args, {});
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Ids of the processes that run in the twin’s folder: itself and its tasks. Empty where there is no /proc. */
  async processes(): Promise<readonly number[]> {
    const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
    const folders = await Promise.all(ids.map((id) => readlink(`/proc/${id}/cwd`).catch(() => '')));
    return ids.filter((_, index) => folders[index] === this.folder).map(Number);
  }

  /** Ends it if it still runs, and removes its folder. */
  async remove(): Promise<void> {
    this.signal('SIGKILL');
    await this.exited;
    await eventually(
      () => this.processes(),
      (ids) => ids.length === 0,
    );
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** What a test says to a twin that is up. */
export class TwinClient {
  readonly url: string;
  readonly control: string;

  private constructor({ url, control }: { readonly url: string; readonly control: string }) {
    this.url = url;
    this.control = control;
  }

  /** Waits until the twin has said where it listens, and its service is steady. */
  static async of(twin: TwinProcess): Promise<TwinClient> {
    const line = await eventually(
      () => Promise.resolve(twin.stdout),
      (text) => text.endsWith('\n') || twin.hasExited,
    );
    if (twin.hasExited) throw new Error(`the twin has ended: ${twin.stderr}`);
    const client = new TwinClient(JSON.parse(line) as { url: string; control: string });
    await client.steady(1);
    return client;
  }

  /** Waits until the service has said so often that it is steady. */
  async steady(times: number): Promise<void> {
    await eventually(
      () => this.messages(),
      (messages) => messages.filter((message) => message.includes('reached a steady state')).length >= times,
    );
  }

  async send(method: string, path: string, body?: unknown): Promise<void> {
    const response = await fetch(this.control + path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  }

  /** Loses an instance. @returns its requests in flight at that moment */
  async killInstance(id: string): Promise<number> {
    const response = await fetch(`${this.control}/instances/${id}/kill`, { method: 'POST' });
    return ((await response.json()) as { requestsInFlight: number }).requestsInFlight;
  }

  async observe(): Promise<Observation> {
    return observationSchema.parse(await this.#get('/observation'));
  }

  async tasks(): Promise<readonly TaskDescription[]> {
    return (await this.#get('/tasks')) as TaskDescription[];
  }

  async deployments(): Promise<readonly Deployment[]> {
    return (await this.#get('/deployments')) as Deployment[];
  }

  async instances(): Promise<readonly InstanceDescription[]> {
    return (await this.#get('/instances')) as InstanceDescription[];
  }

  async containerInstances(): Promise<readonly ContainerInstanceDescription[]> {
    return (await this.#get('/container-instances')) as ContainerInstanceDescription[];
  }

  /** The last instance refresh. */
  async refresh(): Promise<InstanceRefresh | undefined> {
    return ((await this.#get('/instance-refreshes')) as InstanceRefresh[]).at(-1);
  }

  async messages(): Promise<readonly string[]> {
    return (await this.observe()).events.map(({ message }) => message);
  }

  async #get(path: string): Promise<unknown> {
    return (await fetch(this.control + path)).json();
  }
}
