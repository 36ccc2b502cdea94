import { type ExecFileSyncOptionsWithStringEncoding, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runProcess } from '../src/process/run-process.ts';
import { TerraformStackTool } from '../src/stacks/terraform-stack-tool.ts';
import { missingTools } from './emulated-workspace.ts';
import { context, environment, rejection } from './fake-pipeline.ts';
import { readText, workspaceRoot } from './workflow.ts';

const source = 'hashicorp/aws';
const lockFile = '.terraform.lock.hcl';
const [, version = ''] = /^ +version += "([^"]+)"$/m.exec(readText(join('stacks', lockFile))) ?? [];
/** Terraform warns of a configuration of this machine’s that is none of the test’s business. */
const quietly: ExecFileSyncOptionsWithStringEncoding = {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
};
const missing = missingTools.filter((tool) => tool === 'terraform');

/** One stack, and a mirror that has another program under the name of its provider. */
(missing.length > 0 ? describe.skip : describe)(
  `an AWS provider that was changed${missing.map((tool) => ` (missing: ${tool})`).join('')}`,
  () => {
    let folder: string;
    const stack = () => join(folder, 'stacks', 'network');
    const started = () => existsSync(join(folder, 'started'));

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'tideline-provider-'));
      const { platform } = JSON.parse(execFileSync('terraform', ['version', '-json'], quietly)) as {
        readonly platform: string;
      };
      const installed = join(folder, 'mirror', 'registry.terraform.io', source, version, platform);
      await mkdir(installed, { recursive: true });
      await writeFile(
        join(installed, `terraform-provider-aws_v${version}_x5`),
        `#!/bin/sh\ntouch '${join(folder, 'started')}'\n`,
        { mode: 0o755 },
      );
      const mirror = `provider_installation {\n  filesystem_mirror {\n    path = "${join(folder, 'mirror')}"\n  }\n}\n`;
      await writeFile(join(folder, 'terraform.rc'), mirror);
      await mkdir(stack(), { recursive: true });
      const synthesised = {
        terraform: { required_providers: { aws: { source, version } } },
        resource: { aws_vpc: { main: {} } },
      };
      await writeFile(join(stack(), 'cdk.tf.json'), JSON.stringify(synthesised));
    });

    afterEach(() => rm(folder, { recursive: true }));

    const planned = async () => {
      const tool = new TerraformStackTool({
        environment,
        environmentFile: '',
        out: folder,
        accountId: '123456789012',
        variables: {},
        runProcess: (command, run) => {
          const TF_CLI_CONFIG_FILE = join(folder, 'terraform.rc');
          return runProcess({ ...command, variables: { ...command.variables, TF_CLI_CONFIG_FILE } }, run);
        },
        pluginCache: null,
        synthesisCommand: '',
        verbose: false,
      });
      return (await rejection(tool.plan('network', context))).message;
    };

    test('is refused, and not started', async () => {
      await copyFile(join(workspaceRoot, 'stacks', lockFile), join(stack(), lockFile));
      expect(await planned()).toMatch(
        /^TL-PIPE-PROVIDER the AWS provider that terraform init of stack network found .*Remove it from the mirror[^]*Error: Failed to install provider/,
      );
      expect(started()).toBe(false);
    });

    test('would be started without the lock file', async () => {
      expect(await planned()).toMatch(/^TL-PIPE-STACK terraform plan of stack network/);
      expect(started()).toBe(true);
    });
  },
);
