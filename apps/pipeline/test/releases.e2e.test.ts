import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EmulatedWorkspace, type Ended, circumstances, missingTools } from './emulated-workspace.ts';

const minutes = 60_000;
const names = { service: 'tideline-e2e-api', environment: 'tideline-e2e' };
const changed = "--set 'container.cpuMillisecondsPerRequest=12'";
const broken = "--set 'container.cpuMillisecondsPerRequest=13'";
/** Another image than the one of init; the commit is one that no clone knows, so that contents are compared. */
const otherImage = `--base ${'0'.repeat(40)} --base-image node:24-trixie-slim`;
/** From the new task definition to the end of its release. */
const release = `deploy --from service --to steady ${otherImage}`;

(missingTools.length > 0 ? describe.skip : describe)(
  `blue/green releases against the emulator (${circumstances})`,
  () => {
    let workspace: EmulatedWorkspace;

    beforeAll(async () => {
      workspace = await EmulatedWorkspace.start({ BASE_PATH: '/dev' });
      expect(await pipeline('bootstrap')).toMatchObject({ status: 0 });
    }, 8 * minutes);

    afterAll(() => workspace.close());

    test(
      'init ends with a service behind the HTTP API, and no release',
      async () => {
        const { status: exitCode, output } = await pipeline('init');
        expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
        expect(await status()).toMatchObject({
          url: expect.stringMatching(/\/dev$/) as unknown,
          service: { name: names.service, rollout: 'steady' },
          release: { live: 'blue', latest: null },
        });
      },
      12 * minutes,
    );

    test(
      'a whole deploy builds another image and releases it, and the target groups have swapped',
      async () => {
        const before = await status();
        const { status: exitCode, output } = await pipeline(`deploy ${otherImage} ${changed}`);
        expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
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
        expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
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
        expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
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
        expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
        const { stacks } = await status();
        expect(stacks.filter(({ resources }) => resources > 0).map(({ stack }) => stack)).toEqual(['state']);
      },
      10 * minutes,
    );

    const pipeline = (command: string): Promise<Ended> =>
      workspace.shell(`npm run --silent pipeline -- ${command} --preset blue-green`);

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
      const scope = 'test/20260101/us-east-1/monitoring/aws4_request';
      const response = await fetch(workspace.variables.AWS_ENDPOINT_URL ?? '', {
        method: 'POST',
        headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0` },
        body: new URLSearchParams({
          ...{ Action: 'SetAlarmState', Version: '2010-08-01' },
          ...{ AlarmName, StateValue, StateReason: 'the test says so' },
        }),
      });
      expect(response.status).toBe(200);
    }
  },
);
