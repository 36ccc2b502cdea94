import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { missingTools } from '../src/index.ts';
import { type EmulatedAccount, type StoredResource } from './emulated-account.ts';
import { type GapFindings, judgeDifferences, knownGaps } from './known-gaps.ts';
import { changedNames } from './planned-differences.ts';
import { type RunningProcess } from './run-process.ts';
import { type StackChain, startChain } from './stack-chain.ts';
import { type StackProject } from './stack-project.ts';

const stepDeadlineMs = 600_000;

const missing = missingTools(['terraform', 'moto_server']);
const suite = missing.length === 0 ? describe : describe.skip;

export interface StacksSuite {
  /**
   * Bootstraps, migrates, deploys and destroys a stack by cdktf as users do, and shows what happens to deploys that meet, or die:
   * the same for every preset, so the smallest shows it. The others run Terraform with a shared provider, which takes a
   * fraction of the time; so does what comes between deploy and destroy, which is the same plans either way.
   */
  readonly withInterruptions: boolean;
  /** What the preset has no use for is switched on with the settings profile, so that each option is deployed by one preset. */
  readonly options: {
    readonly settings: Readonly<Record<string, string>>;
    /** Stored resources, and attributes of them, that come of it. */
    readonly deployed: Readonly<Record<string, object>>;
    /** Stack and type of what the settings replace, beside task definitions, whose revisions are. @default nothing */
    readonly replaced?: readonly string[];
    /** What then changes in place: settings, and stored attributes of the stack `service`. @default nothing does */
    readonly changed?: {
      readonly settings: Readonly<Record<string, string>>;
      readonly attributes: readonly string[];
    };
  };
}

/** The stacks of a preset, from an empty account and back to one. */
export function describeStacks(preset: string, { withInterruptions, options }: StacksSuite): void {
  /** Variables of a synthesis with the settings profile and the options. */
  const production = { TIDELINE_PROFILE: 'production', ...options.settings };

  suite(`the stacks of ${preset}${missing.map((reason) => ` (${reason})`).join('')}`, () => {
    let chain: StackChain;
    let plain: StackProject;
    let afterBootstrap: ReadonlySet<string>;
    let failedStep: string | undefined;

    /** Each step builds on the ones before it: after a failure there is nothing to learn from the rest. */
    function step(title: string, work: () => Promise<void>): void {
      test(
        title,
        async () => {
          if (failedStep !== undefined) throw new Error(`not tried: “${failedStep}” failed`);
          try {
            await chain.timings.measure(title, work);
            process.stderr.write(`${preset}: ${chain.timings.last()}\n`);
          } catch (error) {
            failedStep = title;
            throw error;
          }
        },
        stepDeadlineMs,
      );
    }

    /** What a plan of the stacks would change, beside the known gaps. */
    async function findings(stacks: readonly string[]): Promise<GapFindings> {
      const differences = [];
      for (const stack of stacks) differences.push(...(await chain.project.plan(stack)));
      const deployedTypes = new Set([...(await chain.states()).values()].map(({ type }) => type));
      return judgeDifferences(differences, deployedTypes);
    }

    beforeAll(async () => {
      chain = await startChain(preset);
      plain = withInterruptions ? chain.cdktf : chain.project;
    });

    afterAll(async () => {
      process.stdout.write(summary(preset, chain));
      await chain.close();
    });

    step('the state is bootstrapped locally, then moves into its own bucket', async () => {
      const { account, lockTable } = chain;
      await plain.deploy(['state'], { settings: { TIDELINE_STATE_BACKEND: 'local' } });
      await plain.deploy(['state'], { settings: {}, migratesState: true });
      expect(await plain.plan('state')).toEqual([]);
      expect(await account.heldLocks(lockTable)).toEqual([]);
      afterBootstrap = await account.resources();
    });

    if (withInterruptions) {
      step(
        'a deploy that holds the lock makes a second one fail clearly, and one that died can be unlocked',
        async () => {
          const { cdktf, account, lockTable } = chain;
          const deploy = (): RunningProcess => cdktf.start('deploy', ['registry']);
          const arrival = chain.hold('ecr CreateRepository');
          const first = deploy();
          await Promise.race([arrival, first.finished]);

          const second = await deploy().finished;
          expect(second.exitCode).not.toBe(0);
          expect(second.output).toContain('Error acquiring the state lock');

          await first.kill();
          chain.holdNothing();
          expect(await account.heldLocks(lockTable)).toHaveLength(1);
          const lockId = /ID:\s+([0-9a-f-]{36})/.exec(second.output)?.[1] ?? 'no lock id in the output';
          await cdktf.terraform.run('registry', ['force-unlock', '-force', lockId]);
          expect(await account.heldLocks(lockTable)).toEqual([]);
        },
      );
    }

    step('every stack deploys, in order', async () => {
      const { stacks } = chain;
      await plain.deploy(stacks);
      const deployed = [...(await chain.states()).keys()].map((address) => address.split(' ')[0]);
      expect(new Set(deployed)).toEqual(new Set(stacks));
    });

    step('a second plan is empty but for the known gaps', async () => {
      expect(await findings(chain.stacks)).toEqual({ unexplained: [], closed: [] });
    });

    step('a changed setting changes what depends on it, and nothing else', async () => {
      const before = await chain.states();
      await chain.project.deploy(chain.stacks, { settings: { TIDELINE_CAPACITY__MAX: '7' } });
      const dependent = [
        chain.maximumCapacity,
        'observability aws_cloudwatch_dashboard.dashboard_body',
        'observability aws_cloudwatch_metric_alarm.alarm_description',
        'observability aws_cloudwatch_metric_alarm.threshold',
        // The load runner carries the description, and judges by the maximum.
        ...['arn', 'container_definitions', 'revision', 'tags'].map(
          (attribute) => `service aws_ecs_task_definition.${attribute}`,
        ),
      ];
      expect(changes(before, await chain.states())).toEqual(dependent.sort());
    });

    step(
      'the settings profile production and more options change what runs, and a plan is empty then',
      async () => {
        const replaced = await chain.project.deploy(['state', ...chain.stacks], { settings: production });
        // What serves or keeps data goes on.
        expect(new Set(replaced)).toEqual(
          new Set(['service aws_ecs_task_definition', ...(options.replaced ?? [])]),
        );
        const states = [...(await chain.states()).values()];
        for (const type of ['aws_flow_log', 'aws_kms_key'])
          expect(states.map((resource) => resource.type)).toContain(type);
        expect(states.find(({ type }) => type === 'aws_lb')?.attributes).toMatchObject({
          enable_deletion_protection: true,
        });
        for (const [wanted, attributes] of Object.entries(options.deployed)) {
          const stored = states.filter(({ type }) => type === wanted).map((resource) => resource.attributes);
          expect(stored).toContainEqual(expect.objectContaining(attributes));
        }
        expect(await findings(['state', ...chain.stacks])).toEqual({ unexplained: [], closed: [] });
      },
    );

    step('the balancer’s protection is let go, an option changes, and nothing else does', async () => {
      const { settings = {}, attributes = [] } = options.changed ?? {};
      const before = await chain.states();
      await chain.project.deploy(['service'], {
        settings: { ...production, ...settings, TIDELINE_PROTECTION__LOAD_BALANCER: 'false' },
      });
      const dependent = [
        'aws_ecs_task_definition.arn',
        'aws_ecs_task_definition.container_definitions',
        'aws_ecs_task_definition.revision',
        'aws_ecs_task_definition.tags',
        'aws_lb.enable_deletion_protection',
        ...attributes,
      ].map((attribute) => `service ${attribute}`);
      expect(changes(before, await chain.states())).toEqual(dependent.sort());
    });

    step('everything is destroyed in reverse order, and nothing is left', async () => {
      const { account, lockTable, stacks } = chain;
      // By cdktf the one that no other depends on: it is the same for each, and takes six times Terraform’s CPU time.
      await plain.destroy(stacks.slice(-1));
      await chain.project.destroy(stacks.slice(0, -1));
      expect((await chain.states()).size).toBe(0);
      expect(await leftOvers(account, afterBootstrap)).toEqual([]);
      expect(await account.heldLocks(lockTable)).toEqual([]);
    });
  });
}

async function leftOvers(account: EmulatedAccount, before: ReadonlySet<string>): Promise<readonly string[]> {
  return [...(await account.resources())].filter((resource) => !before.has(resource)).sort();
}

/** `stack type.attribute` of every stored attribute that differs, resources that came or went included. */
function changes(
  before: ReadonlyMap<string, StoredResource>,
  after: ReadonlyMap<string, StoredResource>,
): readonly string[] {
  const found = [...new Set([...before.keys(), ...after.keys()])].flatMap((address) => {
    const [was, is] = [before.get(address), after.get(address)];
    const stack = address.split(' ')[0] ?? '';
    if (was === undefined || is === undefined) return [`${stack} ${(was ?? is)?.type ?? ''} came or went`];
    return changedNames(was.attributes, is.attributes).map((name) => `${stack} ${is.type}.${name}`);
  });
  return [...new Set(found)].sort();
}

function summary(preset: string, { timings, emulator }: StackChain): string {
  const gaps = knownGaps.map(
    ({ resourceType, attribute, reason }) => `  ${resourceType}.${attribute}: ${reason}`,
  );
  return [
    `\n${preset}: time per step`,
    ...timings.lines(),
    `known gaps of the emulator: ${gaps.length === 0 ? 'none' : ''}`,
    ...gaps,
    `operations that the emulator could not answer: ${emulator.unanswered().join(', ') || 'none'}\n\n`,
  ].join('\n');
}
