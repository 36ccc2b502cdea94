import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import {
  type StackId,
  bucketNames,
  environmentTags,
  globalRegion,
  resourceNames,
  stateKey,
  stateLockFacts,
} from '@tideline/config';
import {
  DataTerraformRemoteStateS3,
  LocalBackend,
  S3Backend,
  type S3BackendConfig,
  type TerraformRemoteState,
  type TerraformStack,
} from 'cdktf';
import type { Construct } from 'constructs';
import type { StackContext } from './stack-context.ts';

/**
 * The first with write-only arguments, which keep secrets out of the state, and the first whose locks in S3 are not
 * experimental. The pipeline asks for the same.
 */
export const terraformVersion = '>= 1.11.0';

/** Gives a stack its provider, with the tags of every resource in it, and the place of its state. */
export function connectStack(stack: TerraformStack, id: StackId, context: StackContext): void {
  const { environment, accountId, s3PathStyle } = context;
  new AwsProvider(stack, 'aws', { region: environment.region, ...providerSettings(id, context) });
  stack.addOverride('terraform.required_version', terraformVersion);
  if (id === 'state' && context.stateBackend === 'local') {
    // Beside the folder that is synthesised into, so that synthesising again does not lose it.
    const { prefix } = resourceNames(environment);
    new LocalBackend(stack, { path: `../../../terraform.${prefix}-state.tfstate` });
    return;
  }
  // With both, Terraform locks in S3, then in the table, and unlocks S3 again where the table is locked.
  const { inTable, inBucket } = stateLockFacts(environment.state.lock);
  const hasTable = id !== 'state' || context.stateBackend !== 's3-without-table';
  new LockedStateBackend(stack, {
    bucket: bucketNames(environment, accountId).state,
    key: stateKey(environment, id),
    region: environment.region,
    encrypt: true,
    ...(inTable && hasTable ? { dynamodbTable: resourceNames(environment).lockTable } : {}),
    ...(s3PathStyle ? { usePathStyle: true } : {}),
  });
  // CDKTF’s S3Backend is older than this argument.
  if (inBucket) stack.addOverride('terraform.backend.s3.use_lockfile', true);
}

/** A second provider of a stack, for what CloudFront looks for in `globalRegion` alone. */
export const globalProvider = (stack: TerraformStack, id: StackId, context: StackContext): AwsProvider =>
  new AwsProvider(stack, 'global', {
    alias: 'global',
    region: globalRegion,
    ...providerSettings(id, context),
  });

const providerSettings = (id: StackId, { environment, accountId, s3PathStyle }: StackContext) => ({
  // Credentials of another account fail before anything is read or written.
  allowedAccountIds: [accountId],
  defaultTags: [{ tags: { ...environmentTags(environment, id) } }],
  ...(s3PathStyle ? { s3UsePathStyle: true } : {}),
});

/** Reading another stack’s state takes no lock, and Terraform warns when a reader names the place of one. */
class LockedStateBackend extends S3Backend {
  readonly #config: S3BackendConfig;

  constructor(scope: Construct, config: S3BackendConfig) {
    super(scope, config);
    this.#config = config;
  }

  override getRemoteStateDataSource(scope: Construct, name: string): TerraformRemoteState {
    const { bucket, key, region, encrypt, usePathStyle } = this.#config;
    return new DataTerraformRemoteStateS3(scope, name, {
      bucket,
      key,
      workspace: '${terraform.workspace}',
      ...(region === undefined ? {} : { region }),
      ...(encrypt === undefined ? {} : { encrypt }),
      ...(usePathStyle === undefined ? {} : { usePathStyle }),
    });
  }
}
