import type { LoadProfile } from '@tideline/config';
import { requestBytes } from '../load/request-bytes.ts';
import { noObserver } from '../observe/no-observer.ts';
import { TwinObserver } from '../observe/twin-observer.ts';
import type { RunPlan } from '../run/run-plan.ts';
import type { RawOptions } from './command.ts';
import { readEnvironment, readProfile, readTarget, readUrl, withOverrides } from './options.ts';
import { UsageError } from './usage-error.ts';

/** Decides everything about a run from its options. @throws UsageError, ConfigurationError */
export async function planFromOptions(options: RawOptions): Promise<RunPlan> {
  refuseWithoutObserver(options);
  const target = readTarget(options.target, options.allowRemote);
  const profile = withOverrides(await readProfile(options.profile), options);
  refuseUnsendable(target, profile);
  return {
    target,
    profile,
    environment: options.environment === undefined ? null : await readEnvironment(options.environment),
    observer:
      options.observe === undefined ? noObserver : new TwinObserver(readUrl('--observe', options.observe)),
    idleSpeed: options.idleSpeed ?? null,
    expectedPeak: options.expectPeak ?? null,
    outDir: options.out,
  };
}

/** Options that mean nothing unless somebody observes are refused, not ignored. */
function refuseWithoutObserver({ observe, idleSpeed, expectPeak }: RawOptions): void {
  if (observe !== undefined) return;
  const given = Object.entries({ '--idle-speed': idleSpeed, '--expect-peak': expectPeak })
    .filter(([, value]) => value !== undefined)
    .map(([option, value]) => `${option} ${value ?? ''}`);
  if (given.length === 0) return;
  throw new UsageError(
    'TL-RUN-OBSERVE',
    `${given.join(', ')}: got no --observe, so there is no scaling to watch; add --observe URL, or leave it out`,
  );
}

function refuseUnsendable(target: URL, profile: LoadProfile): void {
  for (const [index, endpoint] of profile.endpoints.entries()) {
    try {
      requestBytes(target, endpoint, profile.keepAlive);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new UsageError(
        'TL-RUN-PROFILE',
        `--profile: endpoints.${index}.headers of "${profile.name}" cannot be sent (${reason}); a header is one line of text`,
        { cause: error },
      );
    }
  }
}
