import { DynamoDBClient, ListTablesCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectVersionsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EmulatedWorkspace, type Ended, circumstances, missingTools } from './emulated-workspace.ts';

const minutes = 60_000;
const Bucket = 'tideline-e2e-tfstate-123456789012';
const TableName = 'tideline-e2e-tflock';
const Key = 'tideline/e2e/registry.tfstate';

/** A lock as Terraform writes it. */
const lockInfo = JSON.stringify({
  ID: 'f00d0000-0000-0000-0000-000000000000',
  Operation: 'OperationTypeApply',
  Info: '',
  Who: 'ada@laptop',
  Version: '1.11.4',
  Created: '2026-01-01T10:00:00Z',
  Path: `${Bucket}/${Key}`,
});

(missingTools.length > 0 ? describe.skip : describe)(`where runs lock the states (${circumstances})`, () => {
  let workspace: EmulatedWorkspace;
  let s3: S3Client;
  let dynamo: DynamoDBClient;

  beforeAll(async () => {
    workspace = await EmulatedWorkspace.start();
    const { AWS_ENDPOINT_URL: endpoint = '', AWS_REGION: region = '' } = workspace.variables;
    const settings = { endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
    s3 = new S3Client({ ...settings, forcePathStyle: true });
    dynamo = new DynamoDBClient(settings);
    await succeed('bootstrap', 'dynamodb');
    await succeed(registry, 'dynamodb');
  }, 5 * minutes);

  afterAll(() => workspace.close());

  const registry = 'init --from registry --to registry';
  const pipeline = (command: string, lock: string): Promise<Ended> =>
    workspace.shell(
      `node tools/run.mjs apps/pipeline ${command} --preset load-driven --set state.lock=${lock}`,
    );

  async function succeed(command: string, lock: string): Promise<void> {
    const { status, output } = await pipeline(command, lock);
    expect({ status, output }).toMatchObject({ status: 0 });
  }

  test(
    'a deployment that locks elsewhere, and a bootstrap that skips a step, are refused',
    async () => {
      for (const [command, lock] of [
        [registry, 'both'],
        ['bootstrap', 's3'],
      ] as const) {
        const { status, output } = await pipeline(command, lock);
        expect(output).toContain(`bootstrapped with state.lock=dynamodb, and this description says ${lock}`);
        expect(status).toBe(2);
      }
      expect(await lockObjects()).toEqual({ made: 0, held: [] });
    },
    minutes,
  );

  test.each([
    { lock: 'both', tables: [TableName] },
    { lock: 's3', tables: [] },
    // A checksum of the table from before the step to S3 would have Terraform refuse the states now.
    { lock: 'both', tables: [TableName] },
  ])(
    'the step to $lock keeps the states; runs take their locks and release them',
    async ({ lock, tables }) => {
      const before = { state: await state(), made: (await lockObjects()).made };
      await succeed('bootstrap', lock);
      // Something to write into the state.
      await succeed(`${registry} --set protection.images=${lock !== 's3'}`, lock);
      const { TableNames } = await dynamo.send(new ListTablesCommand({}));
      expect(TableNames).toEqual(tables);
      expect(await lockObjects()).toEqual({ made: before.made + 2, held: [] });
      if (tables.length > 0) expect(await heldItems()).toEqual([]);
      expect(await state()).toEqual(before.state);
    },
    3 * minutes,
  );

  test(
    'the command of the refusal releases the locks of a killed run in both places',
    async () => {
      await s3.send(new PutObjectCommand({ Bucket, Key: `${Key}.tflock`, Body: lockInfo }));
      const Item = { LockID: { S: `${Bucket}/${Key}` }, Info: { S: lockInfo } };
      await dynamo.send(new PutItemCommand({ TableName, Item }));
      const { status, output } = await pipeline(registry, 'both');
      expect(output).toContain(
        'TL-PIPE-LOCK the state of stack registry is locked by ada@laptop (OperationTypeApply, since 2026-01-01T10:00:00Z, in S3 and DynamoDB)',
      );
      expect(status).toBe(2);
      const command = /release it: (.+)$/m.exec(output)?.[1] ?? '';
      const released = await workspace.shell(command.replace('force-unlock', 'force-unlock -force'));
      expect(released).toMatchObject({ status: 0 });
      expect((await lockObjects()).held).toEqual([]);
      expect(await heldItems()).toEqual([]);
    },
    minutes,
  );

  /** What identifies a state and its resources. */
  async function state(): Promise<unknown> {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    const { lineage, resources } = JSON.parse(await Body!.transformToString()) as {
      readonly lineage: string;
      readonly resources: readonly {
        readonly name: string;
        readonly instances: readonly { readonly attributes: { readonly id: string } }[];
      }[];
    };
    const ids = resources.flatMap(({ name, instances }) =>
      instances.map(({ attributes }) => [name, attributes.id]),
    );
    return { lineage, ids };
  }

  /** Locks that were made in S3 so far, as the bucket’s versions say, and those that are held. */
  async function lockObjects(): Promise<{ readonly made: number; readonly held: readonly string[] }> {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    const locks = Versions.filter((version) => version.Key?.endsWith('.tflock'));
    const ended = new Set(DeleteMarkers.filter(({ IsLatest }) => IsLatest).map((marker) => marker.Key));
    return {
      made: locks.length,
      held: locks.flatMap((version) => (ended.has(version.Key) ? [] : [version.Key ?? ''])),
    };
  }

  async function heldItems(): Promise<readonly unknown[]> {
    const { Items = [] } = await dynamo.send(new ScanCommand({ TableName }));
    return Items.filter(({ Info }) => Info !== undefined);
  }
});
