import { spawn } from 'node:child_process';
import type { RuntimeObservation } from '@tideline/evidence';
import { endWithUs } from '@tideline/process';
import type { OwnedRuntime, TaskProcess, TaskSpec } from '../tasks/task-runtime.ts';
import { ContainerTask } from './container-task.ts';
import { DeferredProcess } from './deferred-process.ts';
import { ContainerSweeper, removeStaleContainers } from './engine/container-sweeper.ts';
import { type Engine, findEngine } from './engine/engine.ts';
import { Images } from './engine/images.ts';
import { runArguments } from './engine/run-arguments.ts';
import { PortTasks, type StartedTask } from './port-tasks.ts';
import { containerVariables } from './program-variables.ts';
import { answersHttp, healthCheckLook } from './readiness.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import { TaskOutput } from './task-output.ts';

/** Runs an image as a task: `local.container`. */
export class ContainerRuntime implements OwnedRuntime {
  readonly #parts: RuntimeParts;
  readonly #engine: Engine;
  readonly #images: Images;
  readonly #sweeper: ContainerSweeper;
  readonly #tasks = new PortTasks<ContainerTask>();
  /** Containers started so far: an instance starts its own again under the same id. */
  #started = 0;

  private constructor(parts: RuntimeParts, engine: Engine) {
    this.#parts = parts;
    this.#engine = engine;
    this.#images = new Images(engine, parts.environment);
    this.#sweeper = new ContainerSweeper(engine);
  }

  /** @throws UsageError where no engine works */
  static async open(parts: RuntimeParts): Promise<ContainerRuntime> {
    const engine = await findEngine(process.env);
    await removeStaleContainers(engine);
    return new ContainerRuntime(parts, engine);
  }

  describe(): RuntimeObservation {
    const { container } = this.#parts.environment;
    const what = container.build === null ? container.image : `built from ${container.build.context}`;
    return {
      kind: 'container',
      description: `containers (${what}) of ${this.#engine.file}`,
      cpu: `enforced by ${this.#engine.file}`,
    };
  }

  start(spec: TaskSpec): TaskProcess {
    return new DeferredProcess(async (signal) => {
      const image = await this.#images.of(spec.version);
      return this.#tasks.start(signal, (port) => this.#run(spec, image, port));
    });
  }

  async close(): Promise<void> {
    this.#images.close();
    await this.#tasks.close((task) => task.terminate());
    this.#sweeper.sweep();
  }

  killAll(): void {
    this.#tasks.refuseMore();
    this.#images.close();
    this.#sweeper.sweep();
  }

  #run(spec: TaskSpec, image: string, hostPort: number): StartedTask<ContainerTask> {
    const { environment, secrets, onOutput } = this.#parts;
    const name = this.#sweeper.nameOf(`${spec.taskId}-${(this.#started += 1)}`);
    const args = runArguments({
      environment,
      image,
      name,
      label: this.#sweeper.label,
      hostPort,
      variables: containerVariables({ environment, spec }),
      secretNames: Object.keys(secrets),
    });
    const child = spawn(this.#engine.file, args, {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Values of secrets go this way: a command line can be read by others.
      env: { ...process.env, ...secrets },
    });
    endWithUs(child, 0);
    const task = new ContainerTask({
      engine: this.#engine,
      name,
      child,
      listener: { host: '127.0.0.1', port: hostPort },
      // What publishes the port takes connections before the program does.
      look:
        environment.local.readiness === 'listening' ? answersHttp(environment) : healthCheckLook(environment),
      output: new TaskOutput(Object.values(secrets), (line) => onOutput(spec.taskId, line)),
      stopTimeoutSeconds: environment.container.stopTimeoutSeconds,
      containerPort: environment.container.port,
    });
    return { task, cleanUp: null };
  }
}
