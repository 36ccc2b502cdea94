import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { type StackId, bucketNames, environmentTags, resourceNames, stateKey } from '@tideline/config';
import { LocalBackend, S3Backend, type TerraformStack } from 'cdktf';
import type { StackContext } from './stack-context.ts';

/** Gives a stack its provider, with the tags of every resource in it, and the place of its state. */
export function connectStack(stack: TerraformStack, id: StackId, context: StackContext): void {
  const { environment, accountId, s3PathStyle } = context;
  new AwsProvider(stack, 'aws', {
    region: environment.region,
    // Credentials of another account fail before anything is read or written.
    allowedAccountIds: [accountId],
    defaultTags: [{ tags: { ...environmentTags(environment, id) } }],
    ...(s3PathStyle ? { s3UsePathStyle: true } : {}),
  });
  if (id === 'state' && context.stateBackend === 'local') {
    // Beside the folder that is synthesised into, so that synthesising again does not lose it.
    const { prefix } = resourceNames(environment);
    new LocalBackend(stack, { path: `../../../terraform.${prefix}-state.tfstate` });
    return;
  }
  new S3Backend(stack, {
    bucket: bucketNames(environment, accountId).state,
    key: stateKey(environment, id),
    region: environment.region,
    encrypt: true,
    dynamodbTable: resourceNames(environment).lockTable,
    ...(s3PathStyle ? { usePathStyle: true } : {}),
  });
}
