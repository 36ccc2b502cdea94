import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { presetInput, presetNames, resolveEnvironment } from '@tideline/config';
import { parse } from 'yaml';
import * as z from 'zod';
import { steadyDeadlineSeconds } from '../src/cli/steady-deadline.ts';
import { commandSteps } from '../src/commands/command-steps.ts';
import { selectSteps } from '../src/steps/select-steps.ts';
import { FakeAccount, fakePipeline } from './fake-pipeline.ts';
import {
  chainNames,
  orderedJobs,
  readText,
  readWorkflow,
  workflowFile,
  workflowNames,
  workspaceRoot,
} from './workflow.ts';

const setupFile = join('.github', 'actions', 'setup', 'action.yml');
const files = [...workflowNames.map(workflowFile), setupFile, 'action.yml'];

describe.each(workflowNames)('workflow %s', (name) => {
  const workflow = readWorkflow(name);

  test('gives its token nothing, and each job only reading, its identity where it signs in to AWS, and attestations where it builds', () => {
    expect(workflow.permissions).toEqual({});
    for (const job of Object.values(workflow.jobs)) {
      const signsIn = job.uses !== undefined || JSON.stringify(job.steps).includes('"role"');
      const attests = job.uses !== undefined || JSON.stringify(job.steps).includes('attest-build-provenance');
      expect(job.permissions).toEqual({
        contents: 'read',
        ...(signsIn ? { 'id-token': 'write' } : {}),
        ...(attests ? { attestations: 'write' } : {}),
      });
    }
  });

  test('gives every job that runs something a timeout', () => {
    for (const job of Object.values(workflow.jobs))
      expect(job.steps.length > 0).toBe(job['timeout-minutes'] !== undefined);
  });

  test('names scripts and programs that exist in every run line', () => {
    for (const job of Object.values(workflow.jobs))
      for (const { run } of job.steps) if (run !== undefined) expect(missingProgram(run)).toBeNull();
  });
});

test('no job lets Terraform take a provider from its cache without a checksum of the lock file', () => {
  for (const file of files) expect(readText(file)).not.toContain('TF_PLUGIN_CACHE_MAY_BREAK');
});

describe.each(chainNames)('workflow %s', (name) => {
  const workflow = readWorkflow(name);
  const { steps } = commandSteps(fakePipeline(new FakeAccount()), { name, withState: 'keep-state' });

  const calls = orderedJobs(workflow).filter(({ uses }) => uses !== undefined);

  test('runs every step of the command once, in its order, in one job: its reviewers approve once', () => {
    expect(calls).toHaveLength(1);
    const inputs = calls[0]?.with ?? {};
    expect(inputs.command).toBe(name);
    const run = [
      selectSteps(steps, { to: String(inputs['last-before-renewal']) }),
      selectSteps(steps, { from: String(inputs['first-after-renewal']) }),
    ].flatMap((part) => part.map(({ id }) => id));
    expect(run).toEqual(steps.map(({ id }) => id));
  });

  test('lets one run at a time work on an environment', () => {
    expect(workflow.concurrency?.group).toMatch(/^environment-\$\{\{/);
    expect(workflow.concurrency?.['cancel-in-progress']).toBe(false);
    // A push must not cancel a destroy that waits.
    expect(workflow.concurrency?.queue).toBe('max');
  });
});

test.each(['steps', 'load-test', 'ci'])(
  'every run of the pipeline in %s is told the settings of the environment',
  (name) => {
    const runs = Object.values(readWorkflow(name).jobs)
      .flatMap(({ steps }) => steps)
      .filter(({ run }) => run?.includes('npm run pipeline --') === true);
    expect(runs.length).toBeGreaterThan(0);
    for (const { run, env } of runs) {
      expect(env).toMatchObject({
        AWS_ACCOUNT_ID: '${{ vars.AWS_ACCOUNT_ID }}',
        TIDELINE_REGION: '${{ vars.AWS_REGION }}',
        TIDELINE_STAGE: '${{ vars.TIDELINE_STAGE }}',
        TIDELINE_CONFIG: '${{ vars.TIDELINE_CONFIG }}',
      });
      expect(run).toContain('--preset "$PRESET"');
      // GitHub asks the shell alone to end, and a shell passes that on to nothing that it waits for.
      expect(run).toMatch(/^exec npm run pipeline -- [^\n;&|]+$/);
    }
  },
);

test.each(['init', 'destroy', 'load-test'])('%s offers every preset', (name) => {
  expect(readWorkflow(name).on).toMatchObject({
    workflow_dispatch: { inputs: { preset: { options: [...presetNames] } } },
  });
});

test.each(presetNames)(
  'a rollout of %s ends before the job and the credentials that wait for it',
  (preset) => {
    const minutes = steadyDeadlineSeconds(resolveEnvironment(presetInput(preset))) / 60;
    // The rest is for the stacks that are applied before and after.
    expect(minutes).toBeLessThanOrEqual(Number(readWorkflow('steps').jobs.run?.['timeout-minutes']) - 30);
    expect(minutes).toBeLessThanOrEqual(60 - 15);
  },
);

test('the credentials of the last steps are new: each lasts an hour', () => {
  const { steps } = readWorkflow('steps').jobs.run!;
  const uses = steps.map(({ uses = '', run = '' }) => (run === '' ? uses.replace(/@.*/, '') : 'pipeline'));
  expect(uses.slice(-3)).toEqual(['pipeline', 'aws-actions/configure-aws-credentials', 'pipeline']);
});

describe.each(['steps', 'service'])('the images that %s builds', (name) => {
  const { steps } = readWorkflow(name).jobs.run!;
  const at = (what: string) => steps.findIndex((step) => JSON.stringify(step).includes(what));
  const attesting = steps.filter(({ uses }) => uses?.startsWith('actions/attest-build-provenance@') === true);

  test('are attested by digest and verified, before the first step that names one in a task definition', () => {
    expect(attesting.map((step) => step.with)).toEqual(
      ['api', 'load-runner'].map((app) => ({
        'subject-name': `\${{ steps.images.outputs.${app}-name }}`,
        'subject-digest': `\${{ steps.images.outputs.${app}-digest }}`,
      })),
    );
    expect(at('--built-images')).toBeLessThan(at('attest-build-provenance'));
    expect(at('attest-build-provenance')).toBeLessThan(at('gh attestation verify'));
    expect(at('gh attestation verify')).toBeLessThan(at('--from '));
    expect(steps.find(({ run }) => run?.includes('--built-images') === true)?.id).toBe('images');
  });

  test('are attested where GitHub does so, and only those that this job built', () => {
    for (const step of [...attesting, steps[at('gh attestation verify')]])
      expect(step?.if).toMatch(
        /steps\.images\.outputs\.[a-z-]+-digest != '' .*&& \(github\.event\.repository\.visibility == 'public' \|\| vars\.TIDELINE_ATTEST == 'true'\)$|steps\.images\.outputs\.[a-z-]+-digest != '' && /,
      );
    expect(steps[at('--built-images')]?.env.BUILT_IMAGES).toBe(
      "${{ inputs.command != 'destroy' && 'true' || '' }}",
    );
  });
});

test('nothing is installed but by lockfile: npm ci everywhere, and the provider by the checksums beside the stacks', () => {
  for (const file of files)
    expect(readText(file)).not.toMatch(/npm install(?! --global --no-audit --no-fund "\$package")/);
  expect(readText(setupFile)).toContain('npm ci');
  expect(readText('action.yml')).toContain('npm ci');
  expect(readText(join('stacks', '.terraform.lock.hcl'))).toMatch(/zh:[0-9a-f]{64}/);
});

describe('a push to main', () => {
  const { check, deploy } = readWorkflow('deploy').jobs;

  test('is deployed only where its checks have passed, and only where it changes what is deployed', () => {
    expect(deploy?.needs).toBe('check');
    expect(deploy?.if).toBe("needs.check.outputs.deployable == 'true'");
    const runs = check?.steps.flatMap(({ run }) => run ?? []);
    expect(runs).toEqual([
      'npm run check -- --affected --only static --only unit',
      'node tools/deployable.mjs >> "$GITHUB_OUTPUT"',
    ]);
  });

  test('asks no reviewer, and takes no role, before there is something to deploy', () => {
    expect(check).not.toHaveProperty('environment');
    expect(check?.permissions).toEqual({ contents: 'read' });
  });

  test('ends well before init and after a destroy', () => {
    expect(deploy?.with['where-deployed']).toBe('true');
    expect(readWorkflow('init').jobs.init?.with).not.toHaveProperty('where-deployed');
  });
});

describe('the triggers', () => {
  test('are by hand for init and destroy, main for deploy, pull requests for ci', () => {
    expect(Object.keys(readWorkflow('init').on)).toEqual(['workflow_dispatch']);
    expect(Object.keys(readWorkflow('destroy').on)).toEqual(['workflow_dispatch']);
    expect(Object.keys(readWorkflow('load-test').on)).toEqual(['workflow_dispatch']);
    expect(readWorkflow('deploy').on).toEqual({ push: { branches: ['main'] } });
    expect(Object.keys(readWorkflow('ci').on)).toEqual(['pull_request']);
  });

  test('of destroy run in a GitHub environment of its own, which the deploy role trusts', () => {
    for (const job of orderedJobs(readWorkflow('destroy')))
      expect(job.with.environment).toBe('${{ inputs.environment }}-destroy');
    for (const job of orderedJobs(readWorkflow('init')))
      expect(job.with.environment).toBe('${{ inputs.environment }}');
  });

  test('of destroy ask for the environment’s name', () => {
    expect(readWorkflow('destroy').on).toMatchObject({
      workflow_dispatch: { inputs: { name: { required: true } } },
    });
    for (const job of orderedJobs(readWorkflow('destroy')))
      expect(job.with['environment-name']).toBe('${{ inputs.name }}');
  });
});

describe('every supported line of Node', () => {
  const { node } = readWorkflow('ci').jobs;
  const { matrix } = z.object({ matrix: z.object({ node: z.array(z.string()) }) }).parse(node?.strategy);

  test('begins with the oldest that package.json allows', () => {
    const { engines } = JSON.parse(readText('package.json')) as { engines: { node: string } };
    expect(engines.node).toBe(`>=${matrix.node[0] ?? ''}`);
    expect(matrix.node.map((version) => Number.parseInt(version, 10))).toEqual([20, 22, 24]);
  });

  test('runs the unit tests, the demo and the package', () => {
    expect(node?.steps.find(({ uses }) => uses === './.github/actions/setup')?.with).toEqual({
      node: '${{ matrix.node }}',
    });
    expect(node?.steps.flatMap(({ run }) => run ?? [])).toEqual([
      'npm run test:unit',
      'npm run demo',
      'npx nx e2e @tideline/cli',
    ]);
  });

  test('is installed with the dependencies, by the version that a job asks for', () => {
    const setup = parse(readText(setupFile)) as { runs: { steps: { with?: Record<string, unknown> }[] } };
    expect(setup.runs.steps[0]?.with?.['node-version']).toBe('${{ inputs.node }}');
  });
});

test('load-test keeps its report, and ends the run within the session of the role', () => {
  const { steps, 'timeout-minutes': minutes } = readWorkflow('load-test').jobs.load!;
  const [, seconds] = /--deadline (\d+)/.exec(steps.find(({ run }) => run !== undefined)?.run ?? '') ?? [];
  // A stopped task may take four minutes, and a session lasts an hour.
  expect(Number(seconds) + 240).toBeLessThan(3600);
  expect(Number(minutes) * 60).toBeGreaterThan(Number(seconds) + 240);
  expect(steps.at(-1)).toMatchObject({ if: 'always()', with: { path: 'reports' } });
});

test.each(files)('%s pins every action by commit, with its version beside', (file) => {
  const uses = readText(file).match(/uses: .+/g) ?? [];
  for (const line of uses)
    expect(line).toMatch(/uses: (\.\/|[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$)/);
});

test('every script of the workspace becomes its program, so that npm’s signals reach it', () => {
  const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> };
  for (const script of Object.values(scripts).filter((line) => /\bnode /.test(line)))
    expect(script).toMatch(/^exec node [^;&|]+$/);
});

test('an action is pinned to the same commit everywhere', () => {
  const pins = new Map<string, Set<string>>();
  for (const file of files)
    for (const [, action = '', commit = ''] of readText(file).matchAll(/uses: ([\w./-]+)@([0-9a-f]{40})/g))
      pins.set(action, (pins.get(action) ?? new Set()).add(commit));
  for (const commits of pins.values()) expect(commits.size).toBe(1);
});

/** The first program of a run line that neither npm nor the runner has; null when all are there. */
function missingProgram(run: string): string | null {
  const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> };
  const [program = '', first = '', second = ''] = run.replace(/^exec /, '').split(/\s+/);
  if (program === 'npm') return first === 'ci' || (first === 'run' && second in scripts) ? null : run;
  if (program === 'npx') return existsSync(join(workspaceRoot, 'node_modules', '.bin', first)) ? null : first;
  // These come with GitHub’s runners, as do the aws, docker and gh of a loop; action.yml installs tideline.
  return ['for', 'google-chrome', 'node', 'pip', 'rm', 'sudo', 'tideline'].includes(program) ? null : program;
}
