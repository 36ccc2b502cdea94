import { join } from 'node:path';
import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { type ContainerDefinition, DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EmulatedWorkspace, type Ended, circumstances, missingTools } from './emulated-workspace.ts';
import { OwnProgram, parameterOfOwnProgram, secretOfOwnProgram } from './own-program.ts';

const minutes = 60_000;
const names = { service: 'tideline-e2e-api', environment: 'tideline-e2e' };
const changed = '--set container.environment.COLOUR=green';
const broken = '--set container.environment.COLOUR=none';
/** From the new task definition to the end of its release. */
const release = 'deploy --from service --to steady';

(missingTools.length > 0 ? describe.skip : describe)(
  `blue/green releases of a program of the user’s against the emulator (${circumstances})`,
  () => {
    let workspace: EmulatedWorkspace;
    let program: OwnProgram;

    beforeAll(async () => {
      program = await OwnProgram.create('blue-green');
      workspace = await EmulatedWorkspace.start({
        file: 'python3',
        args: [join(program.folder, 'service', 'server.py')],
        variables: { HEALTH_PATH: '/dev/up' },
      });
      expect(await pipeline('bootstrap')).toMatchObject({ status: 0 });
    }, 8 * minutes);

    afterAll(async () => {
      await workspace.close();
      await program.remove();
    });

    test(
      'init ends with a service behind the HTTP API, and no release',
      async () => {
        const { status: exitCode, output } = await pipeline('init');
        expect({ exitCode, output: exitCode === 0 ? '' : output }).toEqual({ exitCode: 0, output: '' });
        expect(await status()).toMatchObject({
          url: expect.stringMatching(/\/dev$/) as unknown,
          service: { name: names.service, rollout: 'steady' },
          release: { live: 'blue', latest: null },
        });
      },
      12 * minutes,
    );

    test('its task has its variables, its secrets by reference, and no check by a program that its image may not hold', async () => {
      const { image, ...definition } = await container();
      const { service } = await status();
      expect(image).toBe(service.image);
      expect(image).toMatch(/\/tideline-e2e-api@sha256:[0-9a-f]{64}$/);
      expect(definition.environment).toEqual([
        { name: 'COLOUR', value: 'blue' },
        { name: 'HEALTH_PATH', value: '/dev/up' },
        { name: 'PORT', value: '3000' },
      ]);
      expect(definition.secrets).toEqual([
        { name: 'KEY', valueFrom: secretOfOwnProgram },
        { name: 'PASSWORD', valueFrom: `${secretOfOwnProgram}:password::` },
        { name: 'MODE', valueFrom: parameterOfOwnProgram },
      ]);
      expect(definition.healthCheck).toBeUndefined();
      expect(definition.user).toBeUndefined();
    });

    test('ECS may read these secrets and no other to start it', async () => {
      const statements = await executionRights();
      const secret = { Action: ['secretsmanager:GetSecretValue'], Resource: [secretOfOwnProgram] };
      const parameter = { Action: ['ssm:GetParameters'], Resource: [parameterOfOwnProgram] };
      expect(statements.filter(({ Action }) => /secret|ssm/.test(JSON.stringify(Action)))).toMatchObject([
        secret,
        parameter,
      ]);
    });

    test(
      'a second plan is empty, also when a file changes that no image has',
      async () => {
        await program.write('service/notes.txt', 'not for the image\n');
        const { status: exitCode, output } = await pipeline('plan');
        expect({ exitCode, output: exitCode === 0 ? '' : output }).toEqual({ exitCode: 0, output: '' });
        const stacks = output.match(/^ *✓ .*$/gm) ?? [];
        expect(stacks).toHaveLength(6);
        expect(stacks.filter((line) => !line.endsWith(' nothing to change'))).toEqual([]);
      },
      3 * minutes,
    );

    test(
      'a whole deploy builds changed content as another image and releases it, and the target groups have swapped',
      async () => {
        const before = await status();
        const tags = await imageTags();
        await program.change();
        const { status: exitCode, output } = await pipeline(`deploy ${changed}`);
        expect({ exitCode, output: exitCode === 0 ? '' : output }).toEqual({ exitCode: 0, output: '' });
        const [tag, ...others] = (await imageTags()).filter((known) => !tags.includes(known));
        expect(others).toEqual([]);
        expect(output).toContain(`its content is new (${tag ?? 'no tag'})`);
        expect(output).toMatch(/api: pushed \S+@sha256:/);
        expect(output).toMatch(/the traffic to move \(AllowTraffic\); blue 100 %, green 0 %/);
        const after = await status();
        expect(after.release).toMatchObject({ live: 'green', latest: { status: 'Succeeded' } });
        expect(output).toContain(
          `runs ${after.release.latest?.taskDefinition.split('/').at(-1) ?? '-'}, by release`,
        );
        expect(after.service.image).not.toBe(before.service.image);
      },
      8 * minutes,
    );

    test(
      'a deploy of the same makes no revision and no release',
      async () => {
        const { status: exitCode, output } = await pipeline(`${release} ${changed}`);
        expect({ exitCode, output: exitCode === 0 ? '' : output }).toEqual({ exitCode: 0, output: '' });
        expect(output).toMatch(/nothing to change/);
        expect(output).toMatch(/nothing to release/);
      },
      4 * minutes,
    );

    test(
      'a release that an alarm stops is rolled back, and the deploy fails',
      async () => {
        const before = await status();
        await setAlarm('ALARM');
        const { status: exitCode, output } = await pipeline(`${release} ${broken}`);
        expect({ exitCode, output }).toMatchObject({ exitCode: 1 });
        expect(output).toMatch(
          /TL-PIPE-RELEASE release d-\w+ failed \(ALARM_ACTIVE: .*it was rolled back by d-/s,
        );
        const after = await status();
        expect(after.release).toMatchObject({ live: 'green', latest: { status: 'Stopped' } });
        expect(after.service).toEqual(before.service);
      },
      6 * minutes,
    );

    test(
      'a deploy of what runs again registers it anew, and releases nothing',
      async () => {
        await setAlarm('OK');
        const { status: exitCode, output } = await pipeline(`${release} ${changed}`);
        expect({ exitCode, output: exitCode === 0 ? '' : output }).toEqual({ exitCode: 0, output: '' });
        expect(output).toMatch(/2 added, 0 changed, 2 destroyed/);
        expect(output).toMatch(/nothing to release/);
      },
      4 * minutes,
    );

    test(
      'destroy leaves the state and nothing else',
      async () => {
        const { status: exitCode, output } = await pipeline(
          `destroy --environment-name ${names.environment}`,
        );
        expect({ exitCode, output: exitCode === 0 ? '' : output }).toEqual({ exitCode: 0, output: '' });
        const { stacks } = await status();
        expect(stacks.filter(({ resources }) => resources > 0).map(({ stack }) => stack)).toEqual(['state']);
      },
      10 * minutes,
    );

    const pipeline = (command: string): Promise<Ended> =>
      workspace.shell(`npm run --silent pipeline -- ${command} --config '${program.description}'`);

    const client = () => ({
      endpoint: workspace.variables.AWS_ENDPOINT_URL ?? '',
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });

    /** The service’s own container, of its latest task definition. */
    async function container(): Promise<ContainerDefinition> {
      const taskDefinition = names.service;
      const { taskDefinition: found } = await new ECSClient(client()).send(
        new DescribeTaskDefinitionCommand({ taskDefinition }),
      );
      const [only, ...others] = found?.containerDefinitions ?? [];
      expect(others).toEqual([]);
      return only ?? {};
    }

    async function imageTags(): Promise<readonly string[]> {
      const { imageDetails = [] } = await new ECRClient(client()).send(
        new DescribeImagesCommand({ repositoryName: names.service }),
      );
      return imageDetails.flatMap(({ imageTags: tags = [] }) => tags);
    }

    interface Statement {
      readonly Action: readonly string[];
      readonly Resource: string | readonly string[];
    }

    async function executionRights(): Promise<readonly Statement[]> {
      const document = await query('iam', {
        ...{ Action: 'GetRolePolicy', Version: '2010-05-08' },
        ...{ RoleName: `${names.service}-execution`, PolicyName: 'execution' },
      });
      const [, text = ''] = /<PolicyDocument>([^<]+)</.exec(document) ?? [];
      return (JSON.parse(decodeURIComponent(text)) as { readonly Statement: readonly Statement[] }).Statement;
    }

    interface Status {
      readonly url: string;
      readonly service: { readonly image: string };
      readonly release: {
        readonly live: string;
        readonly latest: { readonly taskDefinition: string } | null;
      };
      readonly stacks: readonly { readonly stack: string; readonly resources: number }[];
    }

    async function status(): Promise<Status> {
      const { output } = await pipeline('status --json');
      return JSON.parse(output.split('\n').findLast((line) => line.startsWith('{')) ?? '') as Status;
    }

    /** What CloudWatch would come to by itself, had it requests to look at. */
    async function setAlarm(StateValue: 'ALARM' | 'OK'): Promise<void> {
      const AlarmName = `${names.service}-release-errors`;
      await query('monitoring', {
        ...{ Action: 'SetAlarmState', Version: '2010-08-01' },
        ...{ AlarmName, StateValue, StateReason: 'the test says so' },
      });
    }

    /** Asks a service of the emulator’s that takes forms. */
    async function query(service: string, form: Readonly<Record<string, string>>): Promise<string> {
      const scope = `test/20260101/us-east-1/${service}/aws4_request`;
      const response = await fetch(workspace.variables.AWS_ENDPOINT_URL ?? '', {
        method: 'POST',
        headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0` },
        body: new URLSearchParams(form),
      });
      const text = await response.text();
      expect({ status: response.status, text }).toMatchObject({ status: 200 });
      return text;
    }
  },
);
