import { existsSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { context, environment, never, rejection } from '../../test/fake-pipeline.ts';
import type { Command, RunProcess } from '../process/run-process.ts';
import { TerraformStackTool } from './terraform-stack-tool.ts';

/** A tool whose processes answer as told, the exit code first. */
function toolWith(
  answer: (command: Command) => { readonly exitCode: number; readonly lines: readonly string[] },
  out = 'cdktf.out',
) {
  const commands: Command[] = [];
  const runProcess: RunProcess = (command) => {
    commands.push(command);
    const { exitCode, lines } = answer(command);
    return Promise.resolve({ exitCode, lines, stdout: lines.join('\n') });
  };
  return { tool: new TerraformStackTool({ ...options, out, runProcess }), commands };
}

const options = {
  environment,
  environmentFile: '/tmp/environment.json',
  out: 'cdktf.out',
  accountId: '123456789012',
  variables: { TIDELINE_CAPACITY__MAX: '9', TIDELINE_IMAGE: 'old', PATH: '/bin' },
  pluginCache: '/cache',
  synthesisCommand: 'npm run pipeline -- plan --set stage=it --to network',
  verbose: false,
};

const fine = () => ({ exitCode: 0, lines: [] });

describe('the Terraform stack tool', () => {
  test('synthesises with the resolved description, and not with the variables that are in it', async () => {
    const { tool, commands } = toolWith(fine);
    await tool.synthesize({}, context);
    expect(commands[0]?.args).toEqual(['tools/run.mjs', 'stacks']);
    expect(commands[0]?.variables).toMatchObject({
      CDKTF_OUTDIR: 'cdktf.out',
      TIDELINE_PRESET: environment.preset,
      TIDELINE_CONFIG: '/tmp/environment.json',
      TIDELINE_CAPACITY__MAX: undefined,
      TIDELINE_IMAGE: undefined,
      TIDELINE_LOAD_RUNNER_IMAGE: undefined,
    });
  });

  test('synthesises again only for other facts, and once for those that ask at the same time', async () => {
    const { tool, commands } = toolWith(fine);
    await Promise.all([tool.synthesize({}, context), tool.synthesize({}, context)]);
    await tool.synthesize({}, context);
    expect(commands).toHaveLength(1);
    await tool.synthesize({ stateBackend: 'local' }, context);
    expect(commands).toHaveLength(2);
  });

  test('gives a stack its images as input variables, and none where there are none', async () => {
    const { tool, commands } = toolWith(fine);
    const images = { image: 'app@sha256:1', load_runner_image: undefined };
    await tool.apply('service', { ...context, images });
    await tool.apply('network', context);
    const inputs = commands.map(({ variables = {} }) =>
      Object.entries(variables).filter(([name]) => name.startsWith('TF_VAR_')),
    );
    expect(inputs).toEqual([[['TF_VAR_image', 'app@sha256:1']], [['TF_VAR_image', 'app@sha256:1']], [], []]);
  });

  test.each([
    { given: undefined, got: '400' },
    { given: '', got: '400' },
    { given: 'off', got: undefined },
  ])('lets the heap of Terraform grow, unless GOGC says how far: $given', async ({ given, got }) => {
    const variables = { ...options.variables, GOGC: given };
    const commands: Command[] = [];
    const runProcess: RunProcess = (command) => {
      commands.push(command);
      return Promise.resolve({ exitCode: 0, lines: [], stdout: '' });
    };
    await new TerraformStackTool({ ...options, variables, runProcess }).apply('network', context);
    expect(commands.map((command) => command.variables?.GOGC)).toEqual([got, got]);
  });

  test('initialises one stack at a time, and applies them side by side', async () => {
    const log: string[] = [];
    let secondApplies = (): void => undefined;
    const bothApply = new Promise<void>((resolve) => (secondApplies = resolve));
    const runProcess: RunProcess = async ({ args: [folder = '', verb = ''] }) => {
      const stack = folder.slice(folder.lastIndexOf('/') + 1);
      log.push(`${verb} ${stack}`);
      if (log.filter((line) => line.startsWith('apply')).length === 2) secondApplies();
      if (verb === 'apply') await bothApply;
      log.push(`${verb} ${stack} ended`);
      return { exitCode: 0, lines: [], stdout: '' };
    };
    const tool = new TerraformStackTool({ ...options, runProcess });
    await Promise.all([tool.apply('network', context), tool.apply('registry', context)]);
    expect(log.filter((line) => line.startsWith('init'))).toEqual([
      'init network',
      'init network ended',
      'init registry',
      'init registry ended',
    ]);
  });

  test('initialises, then applies without asking', async () => {
    const { tool, commands } = toolWith(() => ({
      exitCode: 0,
      lines: ['Apply complete! Resources: 1 added, 0 changed, 0 destroyed.'],
    }));
    expect(await tool.apply('network', context)).toEqual({ added: 1, changed: 0, destroyed: 0 });
    expect(commands.map(({ args }) => args.join(' '))).toEqual([
      '-chdir=cdktf.out/stacks/network init -no-color -input=false -reconfigure',
      '-chdir=cdktf.out/stacks/network apply -no-color -auto-approve -input=false',
    ]);
  });

  test('tells a held lock from other failures', async () => {
    const locked = toolWith(() => ({
      exitCode: 1,
      lines: ['Error: Error acquiring the state lock', 'Lock Info:', '  ID: f00d', '  Who: ada@laptop'],
    }));
    const { message } = await rejection(locked.tool.apply('network', context));
    expect(message).toMatch(/TL-PIPE-LOCK .*ada@laptop/);
    expect(message).toContain(
      'release it: npm run pipeline -- plan --set stage=it --to network && terraform -chdir=cdktf.out/stacks/network init -reconfigure && terraform -chdir=cdktf.out/stacks/network force-unlock f00d',
    );
    expect(locked.tool.howToUnlock('network', 'f00d', 'both')).toContain(
      '-- plan --set stage=it --to network --set state.lock=both && terraform',
    );
    const broken = toolWith(() => ({ exitCode: 1, lines: ['Error: no quota'] }));
    expect((await rejection(broken.tool.destroy('network', context))).message).toBe(
      'TL-PIPE-STACK terraform init of stack network ended with 1:\nError: no quota',
    );
  });

  describe('after a run that could not save its state', () => {
    let out = '';
    const file = () => join(out, 'stacks', 'network', 'errored.tfstate');
    const refusing = (verb: string) => (command: Command) =>
      command.args.includes(verb) ? { exitCode: 1, lines: ['Error: no route'] } : fine();

    beforeEach(async () => {
      await rm(out, { recursive: true, force: true });
      out = await mkdtemp(join(tmpdir(), 'tideline-errored-'));
      await mkdir(join(out, 'stacks', 'network'), { recursive: true });
      await writeFile(file(), '{}');
    });
    afterAll(() => rm(out, { recursive: true }));

    test.each(['apply', 'destroy'] as const)('%s saves it first, and then forgets the file', async (verb) => {
      const { tool, commands } = toolWith(fine, out);
      await tool[verb]('network', context);
      expect(commands.map(({ args }) => args.slice(1, 3).join(' '))).toEqual([
        'init -no-color',
        'state push',
        `${verb} -no-color`,
      ]);
      expect(commands[1]?.args.slice(1)).toEqual(['state', 'push', '-no-color', 'errored.tfstate']);
      expect(existsSync(file())).toBe(false);
    });

    test('nothing is applied where it cannot be saved, and the file stays', async () => {
      const { tool, commands } = toolWith(refusing('push'), out);
      expect((await rejection(tool.apply('network', context))).message).toMatch(
        /^TL-PIPE-ERRORED-STATE .*errored\.tfstate holds a state of stack network[^]*no route[^]*go on once it is/,
      );
      expect(commands.some(({ args }) => args.includes('apply'))).toBe(false);
      expect(existsSync(file())).toBe(true);
    });

    test('a plan refuses to compare with the older one', async () => {
      const { tool, commands } = toolWith(fine, out);
      expect((await rejection(tool.plan('network', context))).message).toMatch(
        /^TL-PIPE-ERRORED-STATE .*older/,
      );
      expect(commands).toEqual([]);
    });

    test('the run itself names the file', async () => {
      await rm(file());
      const { tool } = toolWith((command) => {
        if (!command.args.includes('apply')) return fine();
        writeFileSync(file(), '{}');
        return { exitCode: 1, lines: ['Error: Failed to save state'] };
      }, out);
      expect((await rejection(tool.apply('network', context))).message).toMatch(
        /^TL-PIPE-ERRORED-STATE .*could not save its state, and left it in .*errored\.tfstate[^]*Failed to save/,
      );
    });
  });

  test('reads the version, and refuses a missing or an old one', async () => {
    const version = (text: string) =>
      toolWith(() => ({ exitCode: 0, lines: [`{"terraform_version": "${text}"}`] })).tool;
    expect(await version('1.11.4').version(never)).toBe('1.11.4');
    for (const recent of ['1.11.0', '1.12.0-beta1', '2.0.0'])
      expect(await version(recent).version(never)).toBe(recent);
    for (const old of ['1.10.5', '1.6.0', '0.15.5'])
      expect((await rejection(version(old).version(never))).message).toBe(
        `TL-PIPE-TERRAFORM terraform ${old} is too old. Install 1.11 or newer: https://developer.hashicorp.com/terraform/install`,
      );
    const { tool } = toolWith(() => {
      throw new Error('spawn terraform ENOENT');
    });
    expect((await rejection(tool.version(never))).message).toMatch(
      /TL-PIPE-TERRAFORM terraform is not on PATH/,
    );
  });
});
