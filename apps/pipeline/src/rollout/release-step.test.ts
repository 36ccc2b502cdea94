import { describe, expect, test } from '@jest/globals';
import { blueGreenEnvironment } from '@tideline/config/testing';
import {
  FakeAccount,
  context,
  fakePipeline,
  waitingPipeline,
  newRelease,
  rejection,
  releasedService,
  runAll,
} from '../../test/fake-pipeline.ts';
import type { ReleaseState } from '../aws/release-directory.ts';
import { InterruptedError } from '@tideline/process';
import type { StepContext } from '../steps/step.ts';
import { deploySteps } from '../commands/deploy.ts';
import { requireNoRelease } from './other-release.ts';
import type { Pipeline } from '../pipeline.ts';
import { releaseStep } from './release-step.ts';

const environment = blueGreenEnvironment();
const { release } = environment;

/** A service that runs one revision, and a stack that was deployed with another. */
function account(running: string, deployed = 'td:2'): FakeAccount {
  const fake = new FakeAccount();
  fake.deployed('service', { taskDefinitionArn: deployed });
  fake.service = releasedService(running);
  return fake;
}

const pipelineOf = (fake: FakeAccount, onWait?: () => void): Pipeline =>
  waitingPipeline(fake, { environment, onWait });

const ended = (fake: FakeAccount, id: string, status: string) => () => {
  const state = fake.releases.get(id);
  if (state !== undefined) fake.releases.set(id, { ...state, status });
};

const failedRelease = (fake: FakeAccount, onWait: () => void): Promise<Error> =>
  rejection(releaseStep(pipelineOf(fake, onWait), release).run(context));

/** Release d-1 is stopped, and d-9 takes it back. */
function rolledBackBy(
  fake: FakeAccount,
  changes: Partial<ReleaseState>,
  events: ReleaseState['events'] = [],
): void {
  fake.releases
    .set('d-1', { ...newRelease('d-1', 'td:2'), status: 'Stopped', rollbackId: 'd-9', events })
    .set('d-9', { ...newRelease('d-9', 'td:1'), ...changes });
}

/** A context that keeps what is said. */
function listening(): StepContext & { readonly said: string[] } {
  const said: string[] = [];
  return { ...context, said, say: (line) => said.push(line) };
}

describe('releasing a task definition', () => {
  test('says where to read why the test of the new version failed', async () => {
    const fake = account('td:1');
    const events = [{ name: 'AfterAllowTestTraffic', status: 'Failed' }];
    const error = await failedRelease(fake, () => rolledBackBy(fake, { status: 'Succeeded' }, events));
    expect(error.message).toContain(
      'The new version did not pass its test traffic. Read which answer failed it: aws logs tail /aws/lambda/tideline-dev-api-release-hook --since 2h',
    );
  });

  test('starts a release when the service runs another, and follows it to its end', async () => {
    const fake = account('td:1');
    const heard = listening();
    const { detail } = await releaseStep(pipelineOf(fake, ended(fake, 'd-1', 'Succeeded')), release).run(
      heard,
    );
    expect(fake.acts).toEqual(['release td:2']);
    expect(detail).toBe('runs td:2, by release d-1');
    expect(heard.said).toEqual([
      'release d-1: td:2 in the place of td:1',
      'release d-1: the new tasks to become healthy (Install); blue 100 %',
    ]);
  });

  test('starts none when the service runs it, or another revision of the same content', async () => {
    for (const running of ['td:2', 'td:1']) {
      const fake = account(running);
      fake.contents.set('td:1', 'same').set('td:2', 'same');
      const { detail } = await releaseStep(pipelineOf(fake), release).run(context);
      expect(detail).toBe(`runs ${running}; nothing to release`);
      expect(fake.acts).toEqual([]);
    }
  });

  test('fails once the rollback is over, and tells why and what runs', async () => {
    const fake = account('td:1');
    const rollback = { ...newRelease('d-9', 'td:1'), status: 'Created' };
    const waits = [
      () =>
        fake.releases
          .set('d-1', {
            ...newRelease('d-1', 'td:2'),
            status: 'Stopped',
            error: 'ALARM_ACTIVE: tideline-dev-api-release-errors',
            rollbackId: 'd-9',
          })
          .set('d-9', rollback),
      () => fake.releases.set('d-9', { ...rollback, status: 'Succeeded' }),
    ];
    const { message } = await rejection(
      releaseStep(
        pipelineOf(fake, () => waits.shift()?.()),
        release,
      ).run(context),
    );
    expect(message).toBe(
      'TL-PIPE-RELEASE release d-1 failed (ALARM_ACTIVE: tideline-dev-api-release-errors); it was rolled back by d-9, and the service runs td:1 as before. Correct the change, then deploy again',
    );
    expect(waits).toEqual([]);
  });

  test('says so when nothing takes a failed release back', async () => {
    const fake = account('td:1');
    const { message } = await rejection(
      releaseStep(pipelineOf(fake, ended(fake, 'd-1', 'Failed')), release).run(context),
    );
    expect(message).toMatch(/nothing took it back within 60 s, and the service runs td:1. See status/);
  });

  test('waits for a rollback that appears after the release has ended', async () => {
    const fake = account('td:1');
    const stopped = { ...newRelease('d-1', 'td:2'), status: 'Stopped' };
    const waits = [
      () => fake.releases.set('d-1', stopped),
      () => undefined,
      () =>
        fake.releases
          .set('d-1', { ...stopped, rollbackId: 'd-9' })
          .set('d-9', { ...newRelease('d-9', 'td:1'), status: 'Succeeded' }),
    ];
    const { message } = await failedRelease(fake, () => waits.shift()?.());
    expect(message).toMatch(/it was rolled back by d-9, and the service runs td:1 as before/);
  });

  test('says so when the rollback fails too, and what runs in the place of what ran before', async () => {
    const fake = account('td:1');
    const { message } = await failedRelease(fake, () => {
      fake.service = releasedService('td:2');
      rolledBackBy(fake, { status: 'Failed', error: 'HEALTH_CONSTRAINTS: no task became healthy' });
    });
    expect(message).toBe(
      'TL-PIPE-RELEASE release d-1 failed (Stopped); its rollback d-9 failed too (HEALTH_CONSTRAINTS: no task became healthy), and the service runs td:2, where td:1 ran before. See status before anything else. Correct the change, then deploy again',
    );
  });

  test('says that a rollback is not over when it outlasts the deadline', async () => {
    const fake = account('td:1');
    const { message } = await failedRelease(fake, () => rolledBackBy(fake, { status: 'InProgress' }));
    expect(message).toMatch(
      /its rollback d-9 is not over after 60 s: still waiting for release d-9: .*; for now the service runs td:1. It goes on at AWS/,
    );
    expect(message).not.toMatch(/was rolled back/);
  });

  test('does not take a rollback’s word for what runs', async () => {
    const fake = account('td:1');
    const { message } = await failedRelease(fake, () => {
      fake.service = releasedService('td:2');
      rolledBackBy(fake, { status: 'Succeeded' });
    });
    expect(message).toMatch(
      /rolled back by d-9, and the service runs td:2, where td:1 ran before. See status/,
    );
  });

  test('compares with what the rollback brings back where another run began the release', async () => {
    const fake = account('td:2');
    fake.releases.set('d-1', newRelease('d-1', 'td:2'));
    const { message } = await failedRelease(fake, () => {
      fake.service = releasedService('td:1');
      rolledBackBy(fake, { status: 'Succeeded' });
    });
    expect(message).toMatch(/it was rolled back by d-9, and the service runs td:1 as before/);
  });

  test('takes up a release of the same task definition that an interrupted deploy left', async () => {
    const fake = account('td:1');
    fake.releases.set('d-7', newRelease('d-7', 'td:2'));
    const { detail } = await releaseStep(pipelineOf(fake, ended(fake, 'd-7', 'Succeeded')), release).run(
      context,
    );
    expect(detail).toBe('runs td:2, by release d-7');
    expect(fake.acts).toEqual([]);
  });

  test('refuses while another release is under way, before anything is built', async () => {
    const fake = account('td:1');
    fake.releases.set('d-7', newRelease('d-7', 'td:other'));
    const refused = [
      releaseStep(pipelineOf(fake), release).run(context),
      runAll(deploySteps(fakePipeline(fake, { environment }))),
    ];
    for (const attempt of refused)
      expect((await rejection(attempt)).message).toMatch(
        /TL-PIPE-RELEASE-RUNNING release d-7 of td:other is under way since .*--deployment-id d-7/,
      );
    expect(fake.acts).toEqual([]);
  });

  test('refuses to destroy a service in the middle of a release, and no other', async () => {
    const fake = account('td:1');
    await requireNoRelease(fakePipeline(fake, { environment }));
    fake.releases.set('d-7', newRelease('d-7', 'td:2'));
    expect((await rejection(requireNoRelease(fakePipeline(fake, { environment })))).message).toMatch(
      /TL-PIPE-RELEASE-RUNNING release d-7 of td:2/,
    );
    await requireNoRelease(fakePipeline(fake));
  });

  test('says that a release goes on when the pipeline is interrupted, and how to follow or stop it', async () => {
    const fake = account('td:1');
    const aborted = new AbortController();
    const heard = listening();
    const error = await rejection(
      releaseStep(
        pipelineOf(fake, () => {
          aborted.abort();
        }),
        release,
      ).run({ ...heard, signal: aborted.signal }),
    );
    expect(error).toBeInstanceOf(InterruptedError);
    expect(heard.said.at(-1)).toMatch(
      /release d-1 goes on at AWS, with or without the pipeline: see it with status, .*stop-deployment --deployment-id d-1/,
    );
    expect(fake.acts).toEqual(['release td:2']);
  });

  test('stops a release whose tasks are not healthy in time, where that is sooner than CodeDeploy would', async () => {
    const impatient = { ...release, healthyWithinMinutes: 5 };
    const fake = account('td:1');
    const pipeline = { ...pipelineOf(fake), steadyDeadlineMs: 20 * 60_000 };
    await rejection(releaseStep(pipeline, impatient).run(context));
    expect(fake.acts).toEqual(['release td:2', 'stop d-1']);
    const patient = account('td:1');
    await rejection(
      releaseStep(
        { ...pipelineOf(patient), steadyDeadlineMs: 80 * 60_000 },
        { ...release, healthyWithinMinutes: 60 },
      ).run(context),
    );
    expect(patient.acts).toEqual(['release td:2']);
  });

  test('releases nothing over a service that is not well', async () => {
    const fake = account('td:1');
    fake.service = {
      ...releasedService('td:1'),
      taskSets: releasedService('td:1').taskSets.map((set) => ({ ...set, steady: false, running: 1 })),
    };
    const { message } = await rejection(releaseStep(pipelineOf(fake), release).run(context));
    expect(message).toMatch(/TL-PIPE-ROLLOUT .*nothing was released: .*1 of 2 running/);
    expect(fake.acts).toEqual([]);
  });
});
