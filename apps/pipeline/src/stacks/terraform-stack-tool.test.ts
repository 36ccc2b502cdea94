import { describe, expect, test } from '@jest/globals';
import { context, environment, never, rejection } from '../../test/fake-pipeline.ts';
import type { Command, RunProcess } from '../process/run-process.ts';
import { TerraformStackTool } from './terraform-stack-tool.ts';

/** A tool whose processes answer as told, the exit code first. */
function toolWith(
  answer: (command: Command) => { readonly exitCode: number; readonly lines: readonly string[] },
) {
  const commands: Command[] = [];
  const runProcess: RunProcess = (command) => {
    commands.push(command);
    const { exitCode, lines } = answer(command);
    return Promise.resolve({ exitCode, lines, stdout: lines.join('\n') });
  };
  const tool = new TerraformStackTool({
    environment,
    environmentFile: '/tmp/environment.json',
    out: 'cdktf.out',
    accountId: '123456789012',
    variables: { TIDELINE_CAPACITY__MAX: '9', TIDELINE_IMAGE: 'old', PATH: '/bin' },
    runProcess,
    pluginCache: '/cache',
    synthesisCommand: 'npm run pipeline -- plan --set stage=it --to network',
    verbose: false,
  });
  return { tool, commands };
}

const fine = () => ({ exitCode: 0, lines: [] });

describe('the Terraform stack tool', () => {
  test('synthesises with the resolved description, and not with the variables that are in it', async () => {
    const { tool, commands } = toolWith(fine);
    await tool.synthesize({ image: 'app@sha256:1' }, context);
    expect(commands[0]?.args).toEqual(['--import', 'tsx', 'stacks/main.ts']);
    expect(commands[0]?.variables).toMatchObject({
      CDKTF_OUTDIR: 'cdktf.out',
      TIDELINE_PRESET: environment.preset,
      TIDELINE_CONFIG: '/tmp/environment.json',
      TIDELINE_IMAGE: 'app@sha256:1',
      TIDELINE_CAPACITY__MAX: undefined,
    });
  });

  test('synthesises again only for other facts', async () => {
    const { tool, commands } = toolWith(fine);
    await tool.synthesize({}, context);
    await tool.synthesize({}, context);
    await tool.synthesize({ image: 'app@sha256:1' }, context);
    expect(commands).toHaveLength(2);
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
      lines: ['Error: Error acquiring the state lock', '  ID: f00d', '  Who: ada@laptop'],
    }));
    const { message } = await rejection(locked.tool.apply('network', context));
    expect(message).toMatch(/TL-PIPE-LOCK .*ada@laptop/);
    expect(message).toContain(
      'release it: npm run pipeline -- plan --set stage=it --to network && terraform -chdir=cdktf.out/stacks/network init -reconfigure && terraform -chdir=cdktf.out/stacks/network force-unlock f00d',
    );
    const broken = toolWith(() => ({ exitCode: 1, lines: ['Error: no quota'] }));
    expect((await rejection(broken.tool.destroy('network', context))).message).toBe(
      'TL-PIPE-STACK terraform init of stack network ended with 1:\nError: no quota',
    );
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
