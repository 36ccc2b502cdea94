import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { synthesisedTypes } from './synthesised-types.ts';

test('the types of all stacks are those of their resources, data and ephemeral resources', async () => {
  const output = mkdtempSync(join(tmpdir(), 'types-'));
  const write = (stack: string, content: object): void => {
    mkdirSync(join(output, 'stacks', stack), { recursive: true });
    writeFileSync(join(output, 'stacks', stack, 'cdk.tf.json'), JSON.stringify(content));
  };
  expect(await synthesisedTypes(output)).toEqual(new Set());
  write('network', { resource: { aws_vpc: {}, aws_subnet: {} }, terraform: { backend: {} } });
  write('data', { data: { aws_ami: {} }, ephemeral: { aws_secretsmanager_random_password: {} } });
  mkdirSync(join(output, 'stacks', 'empty'));
  expect([...(await synthesisedTypes(output))].sort()).toEqual([
    'aws_ami',
    'aws_secretsmanager_random_password',
    'aws_subnet',
    'aws_vpc',
  ]);
  rmSync(output, { recursive: true });
});
