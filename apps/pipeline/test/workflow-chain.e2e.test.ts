import { readFile, writeFile } from 'node:fs/promises';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EmulatedWorkspace, type Ended, circumstances, missingTools } from './emulated-workspace.ts';
import { type Job, orderedJobs, readWorkflow } from './workflow.ts';

const minutes = 60_000;

(missingTools.length > 0 ? describe.skip : describe)(
  `the workflows, job by job, against the emulator (${circumstances})`,
  () => {
    let workspace: EmulatedWorkspace;
    let bootstrapped = '';
    /** Credentials of a session of the deploy role, as a workflow gets them. */
    let role: Readonly<Record<string, string>> = {};

    beforeAll(async () => {
      workspace = await EmulatedWorkspace.start();
      const { status, output } = await workspace.shell('npm run pipeline -- bootstrap --preset load-driven');
      expect({ status, output }).toMatchObject({ status: 0 });
      bootstrapped = output;
      role = await assumeDeployRole(workspace.variables);
    }, 8 * minutes);

    afterAll(() => workspace.close());

    test('bootstrap says which subjects of GitHub the role trusts', () => {
      expect(bootstrapped).toContain('    repo:acme@123456/shop@456789:environment:e2e\n');
      expect(bootstrapped).toContain('    repo:acme@123456/shop@456789:environment:e2e-destroy\n');
    });

    test(
      'another preset is refused before the first stack is applied',
      async () => {
        for (const command of ['bootstrap', 'init', 'plan']) {
          const refused = await workspace.shell(`npm run pipeline -- ${command} --preset flash-sale`);
          expect(refused.output).toContain(
            'TL-PIPE-PRESET tideline-e2e was made from another preset than flash-sale (stack state: load-driven)',
          );
          expect(refused.status).toBe(2);
        }
      },
      2 * minutes,
    );

    test(
      'the deploy role refuses what its bootstrap did not grant, and names the bootstrap',
      async () => {
        const setting = '--preset load-driven --set sessions.store=redis';
        const refused = await workspace.shell(`npm run pipeline -- init ${setting}`, role);
        expect(refused.output).toMatch(/TL-PIPE-RIGHTS the role tideline-e2e-deploy, .* elasticache:/);
        expect(refused.output).toContain(`npm run pipeline -- bootstrap ${setting}`);
        expect(refused.status).toBe(2);
      },
      2 * minutes,
    );

    test(
      'a plan before init ends well, and names the stacks whose values are not there yet',
      async () => {
        const line = 'npm run pipeline -- plan --preset load-driven --from service --to service';
        const { status, output } = await workspace.shell(line);
        expect({ status, output }).toMatchObject({ status: 0 });
        expect(output).toMatch(/service .* known after network and registry/);
      },
      3 * minutes,
    );

    test('a push before init ends well, with a notice', () => expectNothingDeployed(), 2 * minutes);

    test(
      'init ends with a steady service',
      async () => {
        await runWorkflow('init');
        expect(await status()).toMatchObject({
          service: { name: 'tideline-e2e-api', running: 2, desired: 2, rollout: 'steady' },
        });
      },
      12 * minutes,
    );

    test(
      'deploy of the same inputs builds nothing and makes no task definition',
      async () => {
        const before = await status();
        await runWorkflow('deploy');
        expect(await summary()).toMatch(/\| image \| skipped \|/);
        expect(await summary()).toMatch(/\| service \| done \| [\d.]+ \| nothing to change \|/);
        expect((await status()).service).toEqual(before.service);
      },
      10 * minutes,
    );

    test(
      'another preset is refused once the service runs',
      async () => {
        const refused = await workspace.shell('npm run pipeline -- deploy --preset stateless-asg');
        expect(refused.output).toMatch(/TL-PIPE-PRESET .*state: load-driven, network: load-driven/);
        expect(refused.status).toBe(2);
      },
      2 * minutes,
    );

    test(
      'destroy with another name touches nothing',
      async () => {
        const [first] = orderedJobs(readWorkflow('destroy'));
        expect(await runJob(first!, { name: 'production' })).toMatchObject({ status: 2 });
        expect((await status()).service).not.toBeNull();
      },
      2 * minutes,
    );

    test(
      'destroy leaves the state and nothing else',
      async () => {
        await runWorkflow('destroy', { name: 'tideline-e2e' });
        const { stacks } = await status();
        expect(stacks.filter(({ resources }) => resources > 0).map(({ stack }) => stack)).toEqual(['state']);
        await expectNothingDeployed();
      },
      10 * minutes,
    );

    async function expectNothingDeployed(): Promise<void> {
      await runWorkflow('deploy');
      // No step has run.
      expect(await summary()).not.toContain('| done |');
      expect(await summary()).toContain('tideline-e2e has no service');
    }

    interface Status {
      readonly service: unknown;
      readonly stacks: readonly { readonly stack: string; readonly resources: number }[];
    }

    async function status(): Promise<Status> {
      const { output } = await workspace.shell(
        'npm run --silent pipeline -- status --preset load-driven --json',
      );
      return JSON.parse(output.split('\n').findLast((line) => line.startsWith('{')) ?? '') as Status;
    }

    const summaryFile = (): string => workspace.variables.GITHUB_STEP_SUMMARY ?? '';
    const summary = (): Promise<string> => readFile(summaryFile(), 'utf8');

    async function runWorkflow(name: string, inputs: Record<string, string> = {}): Promise<void> {
      await writeFile(summaryFile(), '');
      for (const job of orderedJobs(readWorkflow(name)).filter(({ uses }) => uses !== undefined)) {
        const { status, output } = await runJob(job, inputs);
        expect({ job: job.id, status, output: status === 0 ? '' : output }).toEqual({
          job: job.id,
          status: 0,
          output: '',
        });
      }
    }

    /** Runs the run lines of the called workflow with the inputs of the job that calls it, as GitHub would. */
    async function runJob(job: Job, inputs: Record<string, string>): Promise<Ended> {
      const values = { preset: 'load-driven', environment: 'e2e', ...inputs };
      const passed = Object.fromEntries(
        Object.entries(job.with).map(([name, value]) => [name, expression(String(value), values)]),
      );
      let ended: Ended = { status: 0, output: '' };
      for (const step of readWorkflow('steps').jobs.run!.steps) {
        const { run, env } = step;
        // What has a condition attests images: this repository is not public, and does not ask for it.
        if (run === undefined || step.if !== undefined || ended.status !== 0) continue;
        const own = Object.entries(env)
          .filter(([, value]) => value.includes('inputs.'))
          .map(([name, value]) => [name, expression(value, passed)]);
        ended = await workspace.shell(run, {
          ...role,
          ...(Object.fromEntries(own) as Record<string, string>),
        });
      }
      return ended;
    }
  },
);

async function assumeDeployRole({
  AWS_ENDPOINT_URL: endpoint = '',
  AWS_REGION: region = '',
}: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const { Credentials: session } = await new STSClient({ endpoint, region, credentials }).send(
    new AssumeRoleCommand({
      RoleArn: 'arn:aws:iam::123456789012:role/tideline-e2e-deploy',
      RoleSessionName: 'GitHubActions',
    }),
  );
  return {
    AWS_ACCESS_KEY_ID: session?.AccessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: session?.SecretAccessKey ?? '',
    AWS_SESSION_TOKEN: session?.SessionToken ?? '',
  };
}

/** The value of `${{ inputs.x }}`, of a question whether it is something else, and of an expression that falls back on a literal. */
function expression(text: string, values: Readonly<Record<string, string>>): string {
  const asked = /^\$\{\{ inputs\.([\w-]+) != '(\w+)' && '(\w+)' \|\| '' \}\}$/.exec(text);
  if (asked !== null) return values[asked[1] ?? ''] === asked[2] ? '' : (asked[3] ?? '');
  const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(text)?.[1];
  if (input !== undefined) return values[input] ?? '';
  return /^\$\{\{ vars\.\w+ \|\| '([^']+)' \}\}$/.exec(text)?.[1] ?? text;
}
