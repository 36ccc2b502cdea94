import {
  type StackId,
  type StateLock,
  availabilityZoneNames,
  bucketNames,
  stackIds,
  stateKey,
} from '@tideline/config';
import { PipelineError } from '../pipeline-error.ts';
import type { Pipeline } from '../pipeline.ts';
import { lockProblem } from '../stacks/stack-tool.ts';
import { type PresetNeed, requirePreset } from './require-preset.ts';
import { requireRights } from './require-rights.ts';
import { type LockNeed, requireStateLock } from './require-state-lock.ts';

export interface PreflightNeeds {
  /** Whether Terraform works on any stack. */
  readonly terraform: 'needed' | 'not-needed';
  /** Stacks whose states will be written, so their locks must be free. */
  readonly stacks: readonly StackId[];
  /** Whether the command may change where runs lock the states. @default as the last bootstrap left it */
  readonly lock?: LockNeed;
  /** Whether the state bucket must be there already. */
  readonly stateBucket: 'needed' | 'optional';
  readonly preset: PresetNeed;
  /** Whether the command changes or compares stacks, so what the bootstrap granted must suffice. */
  readonly rights: 'needed' | 'not-needed';
  /** Whether the description’s Availability Zones must exist: not where it only takes away or looks. */
  readonly zones: 'needed' | 'not-needed';
}

/**
 * Everything that can be known to be wrong before anything is touched.
 * @throws PipelineError of kind `refused`
 */
export async function preflight(
  pipeline: Pipeline,
  needs: PreflightNeeds,
  signal: AbortSignal,
): Promise<void> {
  if (needs.terraform === 'needed') await pipeline.stacks.version(signal);
  await requireAccount(pipeline);
  if (needs.zones === 'needed') await requireZones(pipeline);
  if (needs.stateBucket === 'needed') await requireStateBucket(pipeline);
  await requirePreset(pipeline, { need: needs.preset, record: needs.stateBucket });
  if (needs.stacks.length > 0) await requireFreeLocks(pipeline, needs);
  if (needs.rights === 'needed') await requireRights(pipeline, signal);
}

async function requireAccount({ cloud, accountId }: Pipeline): Promise<void> {
  const { accountId: actual } = await cloud.identity.caller();
  if (actual === accountId) return;
  throw new PipelineError(
    'TL-PIPE-ACCOUNT',
    `the credentials belong to account ${actual}, and AWS_ACCOUNT_ID names ${accountId}. Sign in to ${accountId}, or correct AWS_ACCOUNT_ID`,
  );
}

/** Accounts differ in their zones: one made today has no `b` in Tokyo (EC2 guide, Availability Zones). */
async function requireZones({ cloud, environment, accountId }: Pipeline): Promise<void> {
  const named = availabilityZoneNames(environment);
  const available = await cloud.zones.available();
  const missing = named.filter((zone) => !available.includes(zone));
  if (missing.length === 0) return;
  const letters = available.map((zone) => `${zone.slice(environment.region.length)} (${zone})`);
  throw new PipelineError(
    'TL-PIPE-ZONES',
    `availabilityZones names ${missing.join(', ')}, which account ${accountId} does not have in ${environment.region}. It has ${letters.length === 0 ? 'none that is available' : letters.join(', ')}. Set availabilityZones to two or more of these letters`,
  );
}

async function requireStateBucket({
  cloud,
  environment,
  accountId,
  bootstrapCommand,
}: Pipeline): Promise<void> {
  if (await cloud.state.exists()) return;
  throw new PipelineError(
    'TL-PIPE-BOOTSTRAP',
    `there is no state bucket ${bucketNames(environment, accountId).state} in account ${accountId}. Run bootstrap once, with the same preset and settings: ${bootstrapCommand}`,
  );
}

/** A bootstrap that changes where runs lock must not meet any run that locks in the former way. */
async function requireFreeLocks(
  pipeline: Pipeline,
  { stacks, lock = 'as-recorded' }: PreflightNeeds,
): Promise<void> {
  const recorded = await requireStateLock(pipeline, lock);
  const changes = recorded !== pipeline.environment.state.lock;
  for (const stack of changes ? stackIds : stacks) await requireFreeLock(pipeline, stack, recorded);
}

async function requireFreeLock(
  { cloud, environment, stacks }: Pipeline,
  stack: StackId,
  lock: StateLock,
): Promise<void> {
  const held = await cloud.locks.holder(stateKey(environment, stack), lock);
  if (held !== null) throw lockProblem(stack, held, { stacks, lock });
}

/** The account to work in. @throws PipelineError TL-PIPE-ACCOUNT unless it has 12 digits */
export function readAccountId(variables: Readonly<Record<string, string | undefined>>): string {
  const value = variables.AWS_ACCOUNT_ID ?? '';
  if (/^\d{12}$/.test(value)) return value;
  throw new PipelineError(
    'TL-PIPE-ACCOUNT',
    `AWS_ACCOUNT_ID ${value === '' ? 'is not set' : `is "${value}"`}; it must name the account to work in by its 12 digits. It guards against the wrong credentials: export AWS_ACCOUNT_ID=123456789012`,
  );
}
