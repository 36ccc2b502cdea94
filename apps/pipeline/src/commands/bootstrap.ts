import { stateLockFacts } from '@tideline/config';
import { recordedStateLock } from '../deployed/recorded-state-lock.ts';
import { done, skipped, type Step } from '../steps/step.ts';
import { PipelineError } from '../pipeline-error.ts';
import { findOutputs, keepsItsOwnState, outputsOf } from '../deployed/environment-state.ts';
import type { Pipeline } from '../pipeline.ts';
import { describeChange } from '../steps/stack-steps.ts';

/** Makes the place that every other stack keeps its state in; its own state is a file until that place exists. */
export const bootstrapSteps = (pipeline: Pipeline): readonly Step[] => [
  {
    id: 'state',
    title:
      'apply stack state: bucket, lock table, deploy role of GitHub; its own state is a file until the bucket exists',
    run: async (context) => {
      const inBucket = await keepsItsOwnState(pipeline);
      if (inBucket) await keepDeployRole(pipeline);
      await pipeline.stacks.synthesize({ stateBackend: await backendOf(pipeline, inBucket) }, context);
      return done(describeChange(await pipeline.stacks.apply('state', context)));
    },
  },
  {
    id: 'migrate',
    title: 'move the state of stack state into its bucket',
    run: async (context) => {
      if (await keepsItsOwnState(pipeline)) return skipped('it is there already');
      await pipeline.stacks.synthesize({}, context);
      await pipeline.stacks.migrate('state', context);
      const outputs = await findOutputs(pipeline, 'state');
      if (outputs === null)
        throw new PipelineError(
          'TL-PIPE-STACK',
          'Terraform moved the state, and the bucket does not hold it',
        );
      await pipeline.stacks.forgetLocalState();
      return done('it is there now');
    },
  },
  {
    id: 'role',
    title: 'name the deploy role, and the jobs of GitHub that may take it',
    run: async () => {
      const { deployRoleArn, trustedSubjects } = await outputsOf(pipeline, 'state');
      return done(deployRoleArn === null ? noRole : describeRole(deployRoleArn, trustedSubjects ?? []));
    },
  },
];

/** A lock table that this run makes cannot lock it. */
async function backendOf(
  pipeline: Pipeline,
  inBucket: boolean,
): Promise<'local' | 's3-without-table' | undefined> {
  if (!inBucket) return 'local';
  const recorded = await recordedStateLock(pipeline);
  const needsTable = stateLockFacts(pipeline.environment.state.lock).inTable;
  const hasTable = recorded === null || stateLockFacts(recorded).inTable;
  return needsTable && !hasTable ? 's3-without-table' : undefined;
}

const noRole = 'no deploy role: set GITHUB_REPOSITORY=owner/name and its ids, and bootstrap again for one';

const describeRole = (role: string, subjects: readonly string[]): string =>
  [
    `AWS_ROLE for GitHub is ${role}. It trusts jobs whose token has one of these subjects:`,
    ...subjects.map((subject) => `  ${subject}`),
    `The numbers are GitHub’s ids of owner and repository: gh api repos/OWNER/NAME --jq '.id,.owner.id' prints the repository’s, then the owner’s`,
  ].join('\n  ');

/** @throws PipelineError TL-PIPE-USAGE when the stack would lose the role that workflows deploy with */
async function keepDeployRole(pipeline: Pipeline): Promise<void> {
  if (pipeline.deployTrust !== null) return;
  const role = (await findOutputs(pipeline, 'state'))?.deployRoleArn ?? null;
  if (role === null) return;
  throw new PipelineError(
    'TL-PIPE-USAGE',
    `GITHUB_REPOSITORY is not set, and without it bootstrap would delete ${role}, which workflows deploy with. Set it to owner/name; to delete the role, run npx cdktf deploy state instead`,
  );
}
