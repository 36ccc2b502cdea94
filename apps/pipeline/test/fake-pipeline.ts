import { type Environment, type StackId, stackOutputSchemas, stateKey } from '@tideline/config';
import { serviceEnvironment } from '@tideline/config/testing';
import type { Cloud } from '../src/aws/cloud.ts';
import type { TaskState } from '../src/aws/load-tasks.ts';
import type { ServiceState } from '../src/aws/service-directory.ts';
import { type ReleaseState } from '../src/aws/release-directory.ts';
import type { GroupState, RefreshState } from '../src/aws/instance-directory.ts';
import type { StackState } from '../src/aws/state-store.ts';
import type { Clock } from '../src/clock.ts';
import type { Pipeline } from '../src/pipeline.ts';
import type { StackImages, SynthesisFacts } from '../src/stacks/stack-tool.ts';
import type { Step, StepContext } from '../src/steps/step.ts';
import { FakeLocks } from './fake-locks.ts';
import { madeFrom } from './made-from.ts';

export const account = '123456789012';
export const registryUrl = `${account}.dkr.ecr.us-east-1.amazonaws.com/tideline-dev-api`;
export const never = new AbortController().signal;
export const environment: Environment = serviceEnvironment();

/** Time that passes only by waiting. */
export function virtualClock(): Clock {
  let nowMs = 0;
  return {
    nowMs: () => nowMs,
    wait: (durationMs) => {
      nowMs += durationMs;
      return Promise.resolve();
    },
  };
}

/** An account in memory. Its fields are what tests arrange and look at. */
export class FakeAccount {
  accountId = account;
  /** Who asks. */
  callerArn = `arn:aws:iam::${account}:user/ada`;
  /** Policies that stack state is synthesised with. */
  readonly policies = new Map<string, string>();
  bucket = true;
  /** Availability Zones of the account. */
  zones: readonly string[] = ['us-east-1a', 'us-east-1b', 'us-east-1c'];
  /** The state of stack state is a file. */
  localState: StackState | null = null;
  /** What a plan of a stack would do, in Terraform’s words. */
  readonly plannedResources = new Map<StackId, readonly string[]>();
  /** Stacks whose values a plan of a stack lacks. */
  readonly knownAfter = new Map<StackId, readonly string[]>();
  readonly states = new Map<string, StackState>();
  readonly documents = new Map<string, unknown>();
  readonly locks = new FakeLocks();
  readonly digests = new Map<string, string>();
  readonly imagesOf = new Map<string, string>();
  service: ServiceState | null = null;
  group: GroupState | null = null;
  refresh: RefreshState | null = null;
  /** CodeDeploy’s, by their ids. */
  readonly releases = new Map<string, ReleaseState>();
  /** Task definitions by what they ask for, where two ask for the same. */
  readonly contents = new Map<string, string>();
  /** Target groups that the production listener leads to. */
  liveTargetGroups: readonly string[] = ['blue-arn'];
  /** How many files users have uploaded. */
  uploads = 0;
  /** Whether AWS keeps the balancer from being deleted. */
  balancerIsProtected = false;
  hasLoadRunnerImage = true;
  /** Images that the registry does not have any more. */
  readonly deletedImages = new Set<string>();
  /** What the engine says that it pushed; null where it says nothing. */
  pushedDigest: string | null = null;
  /** What each look at the load runner’s task sees; the last stays. */
  taskStates: readonly (TaskState | null)[] = [];
  /** What the load runner’s task writes, by look. */
  taskLines: readonly (readonly string[])[] = [];
  /** What the load runner’s task leaves in S3, when it has ended. */
  readonly runFiles = new Map<string, string>();
  /** What happened, in order. */
  readonly acts: string[] = [];

  deployed(stack: StackId, over: Readonly<Record<string, unknown>> = {}): void {
    const values: Readonly<Record<string, unknown>> = { lock: environment.state.lock, ...over };
    this.states.set(stateKey(environment, stack), {
      ...madeFrom(environment.preset),
      outputs: Object.fromEntries(
        Object.keys(stackOutputSchemas[stack].shape).map((name) => [
          name,
          { value: values[name] ?? (/(Ids|Subjects)$/.test(name) ? ['x'] : `the ${name}`) },
        ]),
      ),
    });
  }

  /** As a stack that was deployed before it had an output. */
  withoutOutput(stack: StackId, name: string): void {
    const state = this.states.get(stateKey(environment, stack));
    if (state === undefined) throw new Error(`stack ${stack} is not deployed`);
    const outputs = Object.entries(state.outputs).filter(([output]) => output !== name);
    this.states.set(stateKey(environment, stack), { ...state, outputs: Object.fromEntries(outputs) });
  }

  #releases(): Cloud['releases'] {
    const active = () =>
      Promise.resolve([...this.releases.values()].find(({ status }) => status === 'InProgress')?.id ?? null);
    return {
      active,
      latest: async () => (await active()) ?? [...this.releases.keys()].at(-1) ?? null,
      get: (id) => {
        const release = this.releases.get(id);
        return release === undefined
          ? Promise.reject(new Error(`no release ${id}`))
          : Promise.resolve(release);
      },
      start: ({ taskDefinition }) => {
        const id = `d-${this.releases.size + 1}`;
        this.acts.push(`release ${taskDefinition}`);
        this.releases.set(id, newRelease(id, taskDefinition));
        return Promise.resolve(id);
      },
      stop: (id) => {
        this.acts.push(`stop ${id}`);
        return Promise.resolve();
      },
    };
  }

  #load(): Pick<Cloud, 'loadTasks' | 'taskLog' | 'runFiles'> {
    let looks = 0;
    return {
      loadTasks: {
        run: ({ command }) => {
          this.acts.push(`run ${command.join(' ')}`);
          return Promise.resolve(`arn:aws:ecs:us-east-1:${account}:task/tideline-dev/abc`);
        },
        describe: () => Promise.resolve(this.taskStates[Math.min(looks, this.taskStates.length - 1)] ?? null),
        stop: (_cluster, _arn, reason) => {
          this.acts.push(`stop: ${reason}`);
          return Promise.resolve();
        },
      },
      taskLog: { read: () => Promise.resolve({ lines: this.taskLines[looks++] ?? [], next: null }) },
      runFiles: {
        put: ({ bucket, folder }, name, content) => {
          this.acts.push(`put ${bucket}/${folder.replace(/load-.*/, 'RUN')}/${name}`);
          this.runFiles.set(name, content);
          return Promise.resolve();
        },
        read: () => Promise.resolve(Object.fromEntries(this.runFiles)),
        delete: ({ folder }) => {
          this.acts.push(`delete ${folder.replace(/load-.*/, 'RUN')}`);
          this.runFiles.clear();
          return Promise.resolve();
        },
      },
    };
  }

  cloud(): Cloud {
    return {
      identity: { caller: () => Promise.resolve({ accountId: this.accountId, arn: this.callerArn }) },
      zones: { available: () => Promise.resolve(this.zones) },
      services: {
        find: () => Promise.resolve(this.service),
        image: (taskDefinition) => Promise.resolve(this.imagesOf.get(taskDefinition) ?? null),
        sameContent: (one, other) =>
          Promise.resolve((this.contents.get(one) ?? one) === (this.contents.get(other) ?? other)),
      },
      releases: this.#releases(),
      images: {
        digest: (repository, tag) => Promise.resolve(this.digests.get(`${repository}:${tag}`) ?? null),
        has: (image) => Promise.resolve(this.hasLoadRunnerImage && !this.deletedImages.has(image)),
        login: () => Promise.resolve({ username: 'AWS', password: 'secret' }),
        empty: (repository) => {
          this.acts.push(`empty ${repository}`);
          return Promise.resolve(1);
        },
      },
      state: {
        exists: () => Promise.resolve(this.bucket),
        stack: (key) => Promise.resolve(this.states.get(key) ?? null),
        read: (key) => Promise.resolve(this.documents.get(key) ?? null),
        write: (key, document) => {
          this.documents.set(key, document);
          return Promise.resolve();
        },
        empty: () => {
          this.acts.push('empty bucket');
          return Promise.resolve(9);
        },
      },
      locks: this.locks,
      scaling: { latest: () => Promise.resolve([]) },
      instances: {
        find: () => Promise.resolve(this.group),
        latestRefresh: () => Promise.resolve(this.refresh),
        startRefresh: ({ launchTemplate }) => {
          this.acts.push(`refresh to ${launchTemplate}`);
          this.refresh = { ...pendingRefresh, id: 'refresh-new' };
          return Promise.resolve('refresh-new');
        },
        image: (launchTemplate) => Promise.resolve(this.imagesOf.get(launchTemplate) ?? null),
      },
      files: {
        holdsAny: () => Promise.resolve(this.uploads > 0),
        empty: (bucket) => {
          this.acts.push(`empty ${bucket}`);
          return Promise.resolve(this.uploads);
        },
      },
      ...this.#load(),
      balancers: {
        unprotect: (arn) => {
          const was = this.balancerIsProtected;
          if (was) this.acts.push(`unprotect ${arn}`);
          this.balancerIsProtected = false;
          return Promise.resolve(was);
        },
      },
      targets: {
        counts: () => Promise.resolve({ healthy: 2 }),
        live: () => Promise.resolve(this.liveTargetGroups),
      },
    };
  }
}

/** A service that CodeDeploy releases, with all the traffic on one task definition. */
export const releasedService = (taskDefinition: string): ServiceState => ({
  ...steadyService,
  taskDefinition,
  rollouts: [],
  taskSets: [{ primary: true, taskDefinition, desired: 2, running: 2, steady: true }],
});

export const newRelease = (id: string, taskDefinition: string): ReleaseState => ({
  id,
  status: 'InProgress',
  taskDefinition,
  error: null,
  events: [{ name: 'Install', status: 'InProgress' }],
  traffic: [{ label: 'blue', targetGroup: 'api', percent: 100 }],
  isBaking: false,
  rollbackId: null,
  startedAt: '2026-01-01T00:00:00.000Z',
});

export const steadyService: ServiceState = {
  desired: 2,
  running: 2,
  pending: 0,
  taskDefinition: 'td:1',
  taskSets: [],
  rollouts: [{ primary: true, taskDefinition: 'td:1', state: 'COMPLETED', reason: '', failedTasks: 0 }],
  events: ['has reached a steady state'],
};

export const pendingRefresh: RefreshState = {
  id: 'refresh-1',
  status: 'InProgress',
  reason: '',
  percentComplete: 0,
  instancesToUpdate: 2,
};

/** Two instances of a launch template, in service. */
export const steadyGroup = (launchTemplate: string): GroupState => ({
  desired: 2,
  launchTemplate,
  instances: ['a', 'b'].map((letter) => ({
    id: `i-${letter}`,
    zone: `us-east-1${letter}`,
    lifecycle: 'InService',
    protectedFromScaleIn: false,
    healthy: true,
    launchTemplate,
  })),
});

/** A pipeline over the account; what tools are told to do is added to its acts. */
export function fakePipeline(fake: FakeAccount, overrides: Partial<Pipeline> = {}): Pipeline {
  const unchanged = { added: 0, changed: 0, destroyed: 0 };
  const act = <Value>(what: string, value: Value): Promise<Value> => {
    fake.acts.push(what);
    return Promise.resolve(value);
  };
  const label = (facts: SynthesisFacts | StackImages): string =>
    Object.entries(facts)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => ` ${name}=${value}`)
      .join('');
  return {
    environment,
    accountId: account,
    deployTrust: null,
    cloud: fake.cloud(),
    stacks: {
      version: () => Promise.resolve('1.11.4'),
      synthesize: (facts) => act(`synth${label(facts)}`, undefined),
      apply: (stack, { images = {} }) => {
        if (stack !== 'state')
          fake.deployed(stack, { appRepositoryUrl: registryUrl, taskDefinitionArn: 'td:1' });
        return act(`apply ${stack}${label(images)}`, unchanged);
      },
      destroy: (stack) => {
        fake.states.delete(stateKey(environment, stack));
        return act(`destroy ${stack}`, { ...unchanged, destroyed: 3 });
      },
      plan: (stack, { images = {} }) =>
        act(`plan ${stack}${label(images)}`, {
          ...unchanged,
          resources: fake.plannedResources.get(stack) ?? [],
          knownAfter: fake.knownAfter.get(stack) ?? [],
        }),
      migrate: (stack) => {
        fake.deployed(stack);
        return act(`migrate ${stack}`, undefined);
      },
      howToUnlock: (_, lockId, lock) => `terraform force-unlock ${lockId} (${lock})`,
      policies: () => Promise.resolve(Object.fromEntries(fake.policies)),
      localState: () => Promise.resolve(fake.localState),
      forgetLocalState: () => act('forget local state', undefined),
    },
    imageTool: {
      buildAndPush: ({ app, reference }) => {
        fake.digests.set(reference.slice(reference.indexOf('/') + 1), 'sha256:new');
        return act(`build ${app}`, fake.pushedDigest);
      },
    },
    imageInputs: {
      platform: 'linux/amd64',
      baseImage: null,
      commit: () => Promise.resolve('c0ffee'),
      changedSince: () => Promise.resolve(true),
      tag: () => Promise.resolve('tag1'),
    },
    builtImages: new Map(),
    images: [
      {
        app: 'api',
        build: null,
        repository: 'tideline-dev-api',
        urlOutput: 'appRepositoryUrl',
        taskDefinitionOutput: 'taskDefinitionArn',
      },
    ],
    probe: (url) =>
      Promise.resolve({ status: 200, body: url.endsWith('/host') ? '{"hostName":"a"}' : '{"status":"ok"}' }),
    clock: virtualClock(),
    base: null,
    url: null,
    steadyDeadlineMs: 60_000,
    smokeDeadlineMs: 60_000,
    convertPreset: false,
    bootstrapCommand: 'npm run pipeline -- bootstrap --preset test',
    ...overrides,
  };
}

/** A fake pipeline in which something happens whenever it waits. */
export function waitingPipeline(
  fake: FakeAccount,
  { onWait, ...overrides }: Partial<Pipeline> & { readonly onWait?: (() => void) | undefined },
): Pipeline {
  const pipeline = fakePipeline(fake, overrides);
  const { clock } = pipeline;
  const wait: typeof clock.wait = (durationMs, signal) => {
    onWait?.();
    return clock.wait(durationMs, signal);
  };
  return { ...pipeline, clock: { ...clock, wait } };
}

export const context: StepContext = { signal: never, say: () => undefined };

/** Runs steps to the end, as the command would. @returns each step’s outcome and detail */
export async function runAll(steps: readonly Step[]): Promise<readonly string[]> {
  const outcomes: string[] = [];
  for (const step of steps) {
    const { kind, detail } = await step.run(context);
    outcomes.push(`${step.id} ${kind}: ${detail}`);
  }
  return outcomes;
}

/** The error that a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('it did not reject');
}
