import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findExecutable } from '@tideline/process';
import { workspaceRoot } from './workflow.ts';

const missing = ['terraform', 'moto_server'].filter(
  (tool) => findExecutable(tool, process.env.PATH ?? '') === undefined,
);
const why =
  missing.length > 0
    ? ` (missing: ${missing.join(', ')}; docs/how-to/try-without-an-account.md says how to get them)`
    : '';
const bucket = 'tideline-dev-tfstate-123456789012';

(missing.length > 0 ? describe.skip : describe)(`what is wrong from the start${why}`, () => {
  let emulator: ChildProcess | undefined;
  let account: Record<string, string> = {};
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tideline-refusals-'));
    emulator = spawn(process.execPath, ['--import', 'tsx', 'libs/aws-emulator/src/main.ts', '--json'], {
      cwd: workspaceRoot,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = (await once(createInterface({ input: emulator.stdout! }), 'line')) as [string];
    account = JSON.parse(line) as Record<string, string>;
  });

  afterAll(async () => {
    if (emulator !== undefined) {
      emulator.kill('SIGTERM');
      await once(emulator, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  });

  test('another account is refused', async () => {
    const { status, stderr } = await pipeline(['init'], { AWS_ACCOUNT_ID: '999999999999' });
    expect(stderr).toContain(
      'TL-PIPE-ACCOUNT the credentials belong to account 123456789012, and AWS_ACCOUNT_ID names 999999999999',
    );
    expect(status).toBe(2);
  });

  test('missing credentials are refused', async () => {
    const { status, stderr } = await pipeline(['init'], { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' });
    expect(stderr).toContain('TL-PIPE-CREDENTIALS no AWS credentials were found. Sign in first');
    expect(status).toBe(2);
  });

  test('AWS that is not reachable fails in plain text', async () => {
    const { status, stderr } = await pipeline(['init'], {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_MAX_ATTEMPTS: '1',
    });
    expect(stderr).toMatch(/TL-PIPE-AWS STS GetCallerIdentity failed: .*no HTTP answer.*reachable from here/);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(status).toBe(1);
  });

  test('missing Terraform is refused', async () => {
    const { status, stderr } = await pipeline(['init'], { PATH: folder });
    expect(stderr).toContain('TL-PIPE-TERRAFORM terraform is not on PATH');
    expect(status).toBe(2);
  });

  test('zones that the account does not have are refused, before a bootstrap makes anything', async () => {
    // Zones as AWS gives them to new accounts: Tokyo has no b.
    const { status, stderr } = await pipeline(['bootstrap'], { TIDELINE_REGION: 'ap-northeast-1' });
    expect(stderr).toContain(
      'TL-PIPE-ZONES availabilityZones names ap-northeast-1b, which account 123456789012',
    );
    expect(stderr).toContain('It has a (ap-northeast-1a), c (ap-northeast-1c), d (ap-northeast-1d)');
    expect(status).toBe(2);
  });

  test('an environment without its bootstrap is refused', async () => {
    const { status, stderr } = await pipeline(['deploy']);
    expect(stderr).toContain(`TL-PIPE-BOOTSTRAP there is no state bucket ${bucket}`);
    expect(status).toBe(2);
  });

  describe('with a state bucket', () => {
    let s3: S3Client;
    const info = { ID: 'f00d', Who: 'ada@laptop', Operation: 'OperationTypeApply', Created: '2026-01-01' };

    /** The state of stack state, as a bootstrap with this lock leaves it. */
    async function putBootstrap(lock: 'dynamodb' | 's3' | 'both'): Promise<void> {
      const attributes = { tags_all: { preset: 'load-driven' } };
      const types = ['aws_s3_bucket', ...(lock === 's3' ? [] : ['aws_dynamodb_table'])];
      const state = {
        version: 4,
        outputs: { lock: { value: lock } },
        resources: types.map((type) => ({ mode: 'managed', type, instances: [{ attributes }] })),
      };
      const Key = 'tideline/dev/state.tfstate';
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: JSON.stringify(state) }));
    }

    beforeAll(async () => {
      const { AWS_ENDPOINT_URL: endpoint = '', AWS_REGION: region = '' } = account;
      const settings = { endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
      s3 = new S3Client({ ...settings, forcePathStyle: true });
      await s3.send(new CreateBucketCommand({ Bucket: bucket }));
      await putBootstrap('dynamodb');
      const dynamo = new DynamoDBClient(settings);
      const TableName = 'tideline-dev-tflock';
      await dynamo.send(
        new CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [{ AttributeName: 'LockID', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'LockID', AttributeType: 'S' }],
        }),
      );
      const Item = {
        LockID: { S: `${bucket}/tideline/dev/service.tfstate` },
        Info: { S: JSON.stringify(info) },
      };
      await dynamo.send(new PutItemCommand({ TableName, Item }));
    });

    test('a held lock is refused, with its holder', async () => {
      const { status, stderr } = await pipeline(['deploy']);
      expect(stderr).toContain('TL-PIPE-LOCK the state of stack service is locked by ada@laptop');
      expect(stderr).toMatch(/npm run pipeline -- plan --preset load-driven .*\/service force-unlock f00d/);
      expect(status).toBe(2);
    });

    test.each([
      ['s3', 'in S3'],
      ['both', 'in S3 and DynamoDB'],
    ] as const)(
      'a lock that is held where state.lock is %s is refused, with its holder',
      async (lock, where) => {
        const Key = 'tideline/dev/service.tfstate.tflock';
        await putBootstrap(lock);
        await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: JSON.stringify(info) }));
        const { status, stderr } = await pipeline(['deploy', '--set', `state.lock=${lock}`]);
        const shown = await pipeline(['status', '--set', `state.lock=${lock}`]);
        await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
        await putBootstrap('dynamodb');
        expect(stderr).toContain(
          `TL-PIPE-LOCK the state of stack service is locked by ada@laptop (OperationTypeApply, since 2026-01-01, ${where})`,
        );
        expect(stderr).toMatch(/\/service force-unlock f00d/);
        expect(status).toBe(2);
        expect(shown.stdout).toMatch(/^service .* locked by ada@laptop since 2026-01-01 \(f00d\)$/m);
      },
    );

    test('a description that locks elsewhere than the bootstrap is refused, with the way there', async () => {
      const { status, stderr } = await pipeline(['deploy', '--set', 'state.lock=s3']);
      expect(stderr).toMatch(
        /TL-PIPE-LOCK-CHANGE tideline-dev was bootstrapped with state\.lock=dynamodb, and this description says s3\..* --set state\.lock=both$/m,
      );
      expect(status).toBe(2);
    });

    test.each([['plan'], ['status'], ['smoke'], ['destroy', '--environment-name', 'tideline-dev']])(
      '%s of another preset is refused',
      async (...command) => {
        const { status, stderr } = await pipeline([...command, '--preset', 'stateless-asg']);
        expect(stderr).toContain(
          'TL-PIPE-PRESET tideline-dev was made from another preset than stateless-asg (stack state: load-driven). Nothing was changed',
        );
        expect(status).toBe(2);
      },
    );
    test('a damaged state fails in plain text, with the way to an older version', async () => {
      const Key = 'tideline/dev/service.tfstate';
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: '{"version": 4, "resour' }));
      const { status, stderr } = await pipeline(['status']);
      await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
      expect(stderr).toMatch(/TL-PIPE-STATE s3:\/\/\S+\/service\.tfstate is damaged: .*list-object-versions/);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(status).toBe(1);
    });

    test('destroy with another name is refused before anything else', async () => {
      const { status, stderr } = await pipeline(['destroy', '--environment-name', 'production']);
      expect(stderr).toContain('TL-PIPE-NAME got the name "production"; this environment is "tideline-dev"');
      expect(status).toBe(2);
    });

    test('destroy without a name and without a terminal is refused', async () => {
      const { status, stderr } = await pipeline(['destroy']);
      expect(stderr).toContain('TL-PIPE-NAME no name was given');
      expect(status).toBe(2);
    });

    test('a smoke test that nothing answers fails, and says what it saw', async () => {
      const { status, stderr } = await pipeline([
        'smoke',
        '--url',
        'http://127.0.0.1:1',
        '--smoke-deadline',
        '1',
      ]);
      expect(stderr).toContain('TL-PIPE-SMOKE the service does not answer as it should after 1 s');
      expect(status).toBe(1);
    });
  });

  test('a dry run lists the steps of this description, with account, region and images', async () => {
    const { status, stdout } = await pipeline(['init', '--preset', 'blue-green', '--dry-run', '--json']);
    const plan = JSON.parse(stdout) as { readonly steps: readonly { readonly id: string }[] };
    expect(status).toBe(0);
    expect(plan).toMatchObject({
      accountId: '123456789012',
      region: 'us-east-1',
      images: ['tideline-dev-api', 'tideline-dev-load-runner'],
    });
    const ids = plan.steps.map(({ id }) => id);
    expect(ids).toContain('ingress');
    expect(ids).not.toContain('data');
  });

  test('none of it has synthesised anything', async () => {
    expect(await readdir(folder)).toEqual([]);
  });

  async function pipeline(args: readonly string[], more: Record<string, string> = {}) {
    const child = spawn(process.execPath, ['dist/apps/pipeline/main.mjs', ...args], {
      cwd: workspaceRoot,
      env: { ...process.env, ...account, CDKTF_OUTDIR: join(folder, 'out'), ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const [status] = (await once(child, 'close')) as [number];
    return { status, stdout, stderr };
  }
});
