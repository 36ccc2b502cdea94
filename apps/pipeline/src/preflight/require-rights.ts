import { resourceNames } from '@tideline/config';
import type { ManagedResource } from '../aws/state-store.ts';
import { stackState } from '../deployed/environment-state.ts';
import { PipelineError } from '../pipeline-error.ts';
import type { Pipeline } from '../pipeline.ts';
import type { Policies } from '../stacks/stack-tool.ts';
import { missingRights } from './missing-rights.ts';

const shown = 3;

/**
 * Compares what the last bootstrap granted, which the state of stack state records, with what the stacks of this description
 * need. The boundary of the tasks’ roles counts for everyone; the policies of the deploy role count where it is the caller.
 * @throws PipelineError TL-PIPE-RIGHTS that names some of what is missing, and the bootstrap that grants it
 */
export async function requireRights(pipeline: Pipeline, signal: AbortSignal): Promise<void> {
  const { cloud, environment, stacks, bootstrapCommand } = pipeline;
  const { deployRole, permissionsBoundary } = resourceNames(environment);
  const { arn } = await cloud.identity.caller();
  const isDeployRole = arn.includes(`:assumed-role/${deployRole}/`);
  // The first step synthesises the same, and finds it done.
  await stacks.synthesize({}, { signal, say: () => undefined });
  const granted = grantedPolicies((await stackState(pipeline, 'state'))?.managed ?? []);
  const needed = await stacks.policies();
  const lacking = (counts: (name: string) => boolean) =>
    missingRights(policiesWhere(granted, counts), policiesWhere(needed, counts));
  const missing = [
    ...lacking((name) => name === permissionsBoundary),
    ...(isDeployRole ? lacking((name) => name.startsWith(`${deployRole}-`)) : []),
  ];
  if (missing.length === 0) return;
  const more = missing.length > shown ? ` and ${missing.length - shown} more` : '';
  throw new PipelineError(
    'TL-PIPE-RIGHTS',
    `${isDeployRole ? `the role ${deployRole}, or the boundary of the roles that it makes,` : `the boundary ${permissionsBoundary} of the tasks’ roles`} lacks what this description needs: ${missing.slice(0, shown).join(', ')}${more}. The bootstrap was of other settings or of an older version. Nothing was changed. An administrator runs, with GITHUB_REPOSITORY and its ids set where workflows deploy: ${bootstrapCommand}`,
  );
}

const policiesWhere = (policies: Policies, counts: (name: string) => boolean): Policies =>
  Object.fromEntries(Object.entries(policies).filter(([name]) => counts(name)));

/** Policies as the last bootstrap left them. */
const grantedPolicies = (managed: readonly ManagedResource[]): Policies =>
  Object.fromEntries(
    managed.flatMap(({ type, attributes: { name, policy } }) =>
      type === 'aws_iam_policy' && typeof name === 'string' && typeof policy === 'string'
        ? [[name, policy]]
        : [],
    ),
  );
