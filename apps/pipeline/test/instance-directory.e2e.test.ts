import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { AutoScalingClient, CreateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import {
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { clientSettings } from '../src/aws/client-settings.ts';
import { autoScalingDirectory, groupScalingHistory } from '../src/aws/instance-directory.ts';
import { findExecutable } from '@tideline/process';
import { workspaceRoot } from './workflow.ts';

const isMissing = findExecutable('moto_server', process.env.PATH ?? '') === undefined;
const why = isMissing
  ? ' (missing: moto_server; docs/how-to/try-without-an-account.md says how to get it)'
  : '';
const settings = clientSettings('us-east-1');
const name = 'web';

(isMissing ? describe.skip : describe)(`a group of instances in the emulator${why}`, () => {
  const before = { ...process.env };
  let emulator: ChildProcess;
  let template: string;

  beforeAll(async () => {
    emulator = spawn(process.execPath, ['--import', 'tsx', 'libs/aws-emulator/src/main.ts', '--json'], {
      cwd: workspaceRoot,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = (await once(createInterface({ input: emulator.stdout! }), 'line')) as [string];
    Object.assign(process.env, JSON.parse(line));
    const { LaunchTemplate } = await new EC2Client(settings).send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: name,
        VersionDescription: 'image-1',
        LaunchTemplateData: { ImageId: 'ami-12345678', InstanceType: 't3.micro' },
      }),
    );
    template = LaunchTemplate?.LaunchTemplateId ?? '';
    await new AutoScalingClient(settings).send(
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName: name,
        MinSize: 1,
        MaxSize: 3,
        DesiredCapacity: 2,
        AvailabilityZones: ['us-east-1a', 'us-east-1b'],
        LaunchTemplate: { LaunchTemplateId: template, Version: '1' },
      }),
    );
  }, 60_000);

  afterAll(async () => {
    emulator.kill('SIGTERM');
    await once(emulator, 'exit');
    process.env = before;
  });

  test('is found with its instances, and is not found under another name', async () => {
    const launchTemplate = `${template}:1`;
    expect(await autoScalingDirectory(settings, name).find()).toMatchObject({
      desired: 2,
      launchTemplate,
      instances: [
        { lifecycle: 'InService', healthy: true, launchTemplate },
        { lifecycle: 'InService', healthy: true, launchTemplate },
      ],
    });
    expect(await autoScalingDirectory(settings, 'other').find()).toBeNull();
  });

  test('tells the image of its launch template, and what it did', async () => {
    expect(await autoScalingDirectory(settings, name).image(`${template}:1`)).toBe('image-1');
    expect(Array.isArray(await groupScalingHistory(settings, name).latest(3))).toBe(true);
  });

  test('takes a new launch template by an instance refresh', async () => {
    const directory = autoScalingDirectory(settings, name);
    expect(await directory.latestRefresh()).toBeNull();
    await new EC2Client(settings).send(
      new CreateLaunchTemplateVersionCommand({
        LaunchTemplateId: template,
        VersionDescription: 'image-2',
        LaunchTemplateData: { ImageId: 'ami-12345678', InstanceType: 't3.micro' },
      }),
    );
    const launchTemplate = `${template}:2`;
    const id = await directory.startRefresh({
      launchTemplate,
      minimumHealthyPercent: 100,
      maximumHealthyPercent: 200,
      autoRollback: true,
      scaleInProtectedInstances: 'Wait',
    });
    expect(await directory.latestRefresh()).toMatchObject({ id, status: 'Successful', percentComplete: 100 });
    expect(await directory.find()).toMatchObject({
      launchTemplate,
      instances: [{ launchTemplate }, { launchTemplate }],
    });
    expect(await directory.image(launchTemplate)).toBe('image-2');
  });
});
