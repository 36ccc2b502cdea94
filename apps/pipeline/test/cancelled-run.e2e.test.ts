import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeleteItemCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DeleteRepositoryCommand, DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { DeleteObjectCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { EmulatedWorkspace, circumstances, missingTools } from './emulated-workspace.ts';
import { HoldingProxy } from './holding-proxy.ts';
import { isAlive, processTree } from './running-processes.ts';
import { readWorkflow, workspaceRoot } from './workflow.ts';

const minutes = 60_000;
const place = { Bucket: 'tideline-e2e-tfstate-123456789012', Key: 'tideline/e2e/registry.tfstate' };
const TableName = 'tideline-e2e-tflock';

/** What a workflow runs, for the one stack. */
const workflowLine = readWorkflow('steps')
  .jobs.run!.steps.find(({ run }) => run?.includes('pipeline'))!
  .run!.replace('--to "$TO"', '--from "$TO" --to "$TO"');
const inputs = { COMMAND: 'init', PRESET: 'load-driven', TO: 'registry' };
const starts = {
  bash: ['bash', '-e', '-c', workflowLine],
  npm: [
    'npm',
    'run',
    'pipeline',
    '--',
    'init',
    '--preset',
    'load-driven',
    '--from',
    'registry',
    '--to',
    'registry',
  ],
} as const;

/** A run that Terraform is in the middle of: its repositories exist, and AWS does not answer the next request. */
interface HeldRun {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<unknown>;
  readonly pids: readonly number[];
  readonly pidOf: (program: RegExp) => number;
}

(missingTools.length > 0 ? describe.skip : describe)(`a run that is cancelled (${circumstances})`, () => {
  let workspace: EmulatedWorkspace;
  let proxy: HoldingProxy;
  let variables: Readonly<Record<string, string>>;
  let clients: { readonly s3: S3Client; readonly dynamo: DynamoDBClient; readonly ecr: ECRClient };

  beforeAll(async () => {
    workspace = await EmulatedWorkspace.start();
    const { status, output } = await workspace.shell('npm run pipeline -- bootstrap --preset load-driven');
    expect({ status, output }).toMatchObject({ status: 0 });
    const { AWS_ENDPOINT_URL: endpoint = '', AWS_REGION: region = '' } = workspace.variables;
    proxy = await HoldingProxy.start(endpoint);
    // A provider of each run’s own, as outside tests: one that all share ends at the first interrupt.
    variables = { ...workspace.variables, ...inputs, AWS_ENDPOINT_URL: proxy.url, TF_REATTACH_PROVIDERS: '' };
    const settings = { endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
    clients = {
      s3: new S3Client({ ...settings, forcePathStyle: true }),
      dynamo: new DynamoDBClient(settings),
      ecr: new ECRClient(settings),
    };
  }, 8 * minutes);

  afterAll(async () => {
    try {
      await proxy.close();
    } finally {
      // Also where there is no proxy yet: what still runs would keep Jest from ending.
      await workspace.close();
    }
  });

  /** As if the stack had never been applied. */
  beforeEach(async () => {
    for (const repositoryName of await repositories())
      await clients.ecr.send(new DeleteRepositoryCommand({ repositoryName, force: true }));
    await forgetState();
  });

  async function forgetState(): Promise<void> {
    const { s3, dynamo } = clients;
    await s3.send(new DeleteObjectCommand(place));
    for (const suffix of ['', '-md5']) {
      const LockID = { S: `${place.Bucket}/${place.Key}${suffix}` };
      await dynamo.send(new DeleteItemCommand({ TableName, Key: { LockID } }));
    }
  }

  test.each([
    ['SIGINT', 'bash'],
    ['SIGTERM', 'npm'],
    ['SIGINT', 'node'],
  ] as const)(
    '%s to %s ends it in order: state saved, lock free, no process left',
    async (signal, target) => {
      const run = await heldRun(target === 'bash' ? 'bash' : 'npm');
      process.kill(
        target === 'node' ? run.pidOf(/node tools\/run\.mjs apps\/pipeline/) : run.child.pid!,
        signal,
      );
      await expectOrder(run);
      expect(run.output()).toMatch(/step registry was interrupted\. Go on with: .*init .*--from registry/);
    },
    2 * minutes,
  );

  test(
    'a job that GitHub cancels, first by SIGINT, then by SIGTERM, ends in order',
    async () => {
      const run = await heldRun('bash');
      run.child.kill('SIGINT');
      await said(run, 'pipeline: stopping');
      run.child.kill('SIGTERM');
      await expectOrder(run);
    },
    2 * minutes,
  );

  test(
    'the next run saves the state that a run without a network left in a file, before anything else',
    async () => {
      const run = await heldRun('npm');
      run.child.kill('SIGINT');
      await expectOrder(run);
      const { Body } = await clients.s3.send(new GetObjectCommand(place));
      const file = join(workspace.folder, 'out', 'stacks', 'registry', 'errored.tfstate');
      await writeFile(file, await Body!.transformToString());
      await forgetState();
      // Without that state, Terraform would create repositories that exist.
      const { status, output } = await workspace.shell(workflowLine, variables);
      expect({ status, output }).toMatchObject({ status: 0 });
      expect(output).toContain('errored.tfstate, which an earlier run could not save');
      expect(existsSync(file)).toBe(false);
    },
    2 * minutes,
  );

  test(
    'the death of npm ends what it started, in order',
    async () => {
      const run = await heldRun('npm');
      run.child.kill('SIGKILL');
      await expectOrder(run);
    },
    2 * minutes,
  );

  test(
    'a tree that is killed keeps its lock; the command that the next run names releases it',
    async () => {
      const run = await heldRun('bash');
      for (const pid of run.pids.toReversed()) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
      await run.ended;
      proxy.holdNothing();
      const refused = await workspace.shell(workflowLine, variables);
      expect(refused).toMatchObject({ status: 2 });
      const command = /release it: (.+)$/m.exec(refused.output)?.[1] ?? '';
      const released = await workspace.shell(
        command.replace(/force-unlock /, 'force-unlock -force '),
        variables,
      );
      expect(released).toMatchObject({ status: 0 });
      expect(await locks()).toEqual([]);
    },
    3 * minutes,
  );

  async function heldRun(start: keyof typeof starts): Promise<HeldRun> {
    const arrived = proxy.hold('PutLifecyclePolicy');
    const [file, ...args] = starts[start];
    const child = spawn(file, args, { cwd: workspaceRoot, env: { ...process.env, ...variables } });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    const ended = once(child, 'close');
    const early = ended.then(() => {
      throw new Error(`it ended before it was held:\n${output}`);
    });
    await Promise.race([arrived, early]);
    early.catch(() => undefined);
    const tree = processTree(child.pid!);
    const pidOf = (program: RegExp): number => {
      const found = tree.find(({ line }) => program.test(line));
      if (found === undefined)
        throw new Error(`no ${program.source} in\n${tree.map(({ line }) => line).join('\n')}`);
      return found.pid;
    };
    return { child, output: () => output, ended, pids: tree.map(({ pid }) => pid), pidOf };
  }

  async function said({ child, output }: HeldRun, text: string): Promise<void> {
    while (!output().includes(text)) await once(child.stderr!, 'data');
  }

  async function expectOrder(run: HeldRun): Promise<void> {
    await run.ended;
    // The pipes of a killed npm or pipeline end with what still writes to them.
    for (const pid of run.pids) while (isAlive(pid)) await new Promise(setImmediate);
    proxy.holdNothing();
    expect(await locks()).toEqual([]);
    const created = await repositories();
    expect(created).not.toEqual([]);
    expect(await savedRepositories()).toEqual(created);
  }

  async function repositories(): Promise<readonly string[]> {
    const { repositories: found = [] } = await clients.ecr.send(new DescribeRepositoriesCommand({}));
    return found.map(({ repositoryName = '' }) => repositoryName).sort();
  }

  async function savedRepositories(): Promise<readonly string[]> {
    const { Body } = await clients.s3.send(new GetObjectCommand(place));
    const { resources } = JSON.parse(await Body!.transformToString()) as {
      resources: readonly { type: string; instances: readonly { attributes: { name: string } }[] }[];
    };
    return resources
      .filter(({ type }) => type === 'aws_ecr_repository')
      .flatMap(({ instances }) => instances.map(({ attributes }) => attributes.name))
      .sort();
  }

  async function locks(): Promise<readonly unknown[]> {
    const { Items = [] } = await clients.dynamo.send(new ScanCommand({ TableName }));
    return Items.filter(({ Info }) => Info !== undefined);
  }
});
