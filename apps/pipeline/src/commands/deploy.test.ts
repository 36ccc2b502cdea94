import { describe, expect, test } from '@jest/globals';
import { stackIds } from '@tideline/config';
import { containerInstanceEnvironment, groupEnvironment } from '@tideline/config/testing';
import {
  FakeAccount,
  fakePipeline,
  registryUrl,
  rejection,
  runAll,
  steadyGroup,
  steadyService,
} from '../../test/fake-pipeline.ts';
import { deploySteps, initSteps } from './deploy.ts';
import type { Pipeline } from '../pipeline.ts';
import { planSteps } from './plan.ts';
import { destroySteps } from './destroy.ts';

const pushed = `${registryUrl}@sha256:new`;

function runningAccount(image: string): FakeAccount {
  const fake = new FakeAccount();
  fake.service = steadyService;
  fake.imagesOf.set('td:1', image);
  fake.deployed('registry', { appRepositoryUrl: registryUrl });
  fake.deployed('service', { taskDefinitionArn: 'td:1', url: 'http://alb' });
  return fake;
}

/** One whose last deploy is on record. */
function deployedAccount(image: string, record: Readonly<Record<string, unknown>> = lastDeploy): FakeAccount {
  const fake = runningAccount(image);
  fake.documents.set('tideline/dev/last-deploy.json', { images: { api: image }, ...record });
  return fake;
}

const lastDeploy = { commit: 'abc', deployedAt: 'then', platform: 'linux/amd64', baseImage: null };

/** A pipeline in whose working copy no input of an image has changed. */
function unaffected(fake: FakeAccount, inputs: Partial<Pipeline['imageInputs']> = {}): Pipeline {
  const pipeline = fakePipeline(fake);
  const changedSince = () => Promise.resolve(false);
  return { ...pipeline, imageInputs: { ...pipeline.imageInputs, changedSince, ...inputs } };
}

describe.each([
  ['init', initSteps],
  ['deploy', deploySteps],
])('%s over a running service, with no input changed', (_, steps) => {
  const built = `image done: api: pushed ${pushed}, because its content is new (tag1)`;

  test.each([
    ['another platform', { platform: 'linux/arm64' }],
    ['another base image', { baseImage: 'node:24' }],
  ])('builds for %s', async (_what, inputs) => {
    const fake = deployedAccount(`${registryUrl}@sha256:old`);
    expect(await runAll(steps(unaffected(fake, inputs)))).toContain(built);
    expect(fake.documents.get('tideline/dev/last-deploy.json')).toMatchObject(inputs);
  });

  test('lets the content decide where the last deploy is not on record, did not tell, or was of another image', async () => {
    const records = [
      {},
      { commit: 'abc', deployedAt: 'then' },
      { ...lastDeploy, images: { api: `${registryUrl}@sha256:of-the-deploy-before` } },
    ];
    for (const record of records) {
      const fake = deployedAccount(pushed, record);
      fake.digests.set('tideline-dev-api:tag1', 'sha256:new');
      expect(await runAll(steps(unaffected(fake)))).toContain(
        'image skipped: api: its content is what runs (tag1)',
      );
    }
  });
});

test('a plan compares with the image that runs, whatever it was built for', async () => {
  const fake = deployedAccount(`${registryUrl}@sha256:old`);
  fake.deployed('network');
  await runAll(planSteps(unaffected(fake, { platform: 'linux/arm64' })));
  expect(fake.acts).toContain(`plan service image=${registryUrl}@sha256:old`);
});

test.each([
  ['init', initSteps],
  ['deploy', deploySteps],
  ['destroy', (pipeline: Pipeline) => destroySteps(pipeline, 'with-state')],
])('a step of %s waits for earlier steps alone, so that the run comes to its end', (_, stepsOf) => {
  const steps = stepsOf(fakePipeline(new FakeAccount()));
  const ids: readonly string[] = [...stackIds, ...steps.map(({ id }) => id)];
  steps.forEach(({ id, after = [] }, index) => {
    const later = steps.slice(index).map((step) => step.id);
    expect([id, after.filter((other) => later.includes(other))]).toEqual([id, []]);
    expect([id, after.filter((other) => !ids.includes(other))]).toEqual([id, []]);
  });
});

describe('init', () => {
  test('goes from the check to the record in the documented order', () => {
    expect(initSteps(fakePipeline(new FakeAccount())).map(({ id }) => id)).toEqual([
      'check-service',
      'inputs',
      'network',
      'registry',
      'data',
      'image',
      'service',
      'steady',
      'ingress',
      'autoscaling',
      'observability',
      'smoke',
      'record',
    ]);
  });

  test('builds the image when there is no service, and hands its digest to the service stack', async () => {
    const fake = new FakeAccount();
    const steps = initSteps(fakePipeline(fake));
    expect(await runAll(steps.slice(0, 7))).toContain('inputs done: api: its content is tag1');
    expect(fake.acts.filter((act) => act !== 'synth')).toEqual([
      'apply network',
      'apply registry',
      'build api',
      `apply service image=${pushed}`,
    ]);
  });

  test('keeps the image of a service that exists', async () => {
    const fake = deployedAccount(`${registryUrl}@sha256:old`);
    const outcomes = await runAll(initSteps(fakePipeline(fake)));
    expect(outcomes).toContain('image skipped: api: a service exists; deploy brings it up to date');
    expect(fake.acts).not.toContain('build api');
    expect(fake.acts).toContain(`apply service image=${registryUrl}@sha256:old`);
  });

  test('refuses the service step while its image is not in the registry', async () => {
    const fake = new FakeAccount();
    fake.deployed('registry', { appRepositoryUrl: registryUrl });
    const service = initSteps(fakePipeline(fake)).filter(({ id }) => id === 'service');
    expect((await rejection(runAll(service))).message).toMatch(/TL-PIPE-ORDER .*init --from image/);
    expect(fake.acts).toEqual([]);
  });

  test('names what it built, by digest, for those who attest it', async () => {
    const pipeline = fakePipeline(new FakeAccount());
    await runAll(initSteps(pipeline).slice(0, 7));
    expect([...pipeline.builtImages]).toEqual([['api', pushed]]);
  });

  test('refuses an image that the registry has under another digest than the one that was pushed', async () => {
    const fake = new FakeAccount();
    fake.pushedDigest = 'sha256:mine';
    const error = await rejection(runAll(initSteps(fakePipeline(fake))));
    expect(error.message).toMatch(
      /TL-PIPE-IMAGE-DIGEST .*tag1 was pushed as sha256:mine, and ECR has sha256:new under that tag.*Nothing was registered/,
    );
    expect(fake.acts).toContain('build api');
    expect(fake.acts.filter((act) => act.startsWith('apply service'))).toEqual([]);
  });

  test('registers no task definition of an image that has left the registry', async () => {
    const fake = runningAccount(pushed);
    fake.documents.set('tideline/dev/last-deploy.json', { images: { api: pushed }, ...lastDeploy });
    fake.deletedImages.add(pushed);
    const error = await rejection(runAll(deploySteps(unaffected(fake))));
    expect(error.message).toMatch(
      /TL-PIPE-IMAGE-DIGEST the registry does not have .*@sha256:new, which the service is to run; nothing was registered/,
    );
    expect(fake.acts.filter((act) => act.startsWith('apply service'))).toEqual([]);
  });

  test('takes an image that an earlier run pushed', async () => {
    const fake = new FakeAccount();
    fake.deployed('registry', { appRepositoryUrl: registryUrl });
    fake.digests.set('tideline-dev-api:tag1', 'sha256:before');
    await runAll(initSteps(fakePipeline(fake)).filter(({ id }) => id === 'service'));
    expect(fake.acts).toEqual(['synth', `apply service image=${registryUrl}@sha256:before`]);
  });
});

describe('deploy', () => {
  test('refuses to begin without a service', async () => {
    const error = await rejection(runAll(deploySteps(fakePipeline(new FakeAccount()))));
    expect(error.message).toMatch(/TL-PIPE-NO-SERVICE there is no service tideline-dev-api. Run init first/);
  });

  test('keeps the running image when no input changed since the last deploy', async () => {
    const fake = deployedAccount(`${registryUrl}@sha256:old`);
    const outcomes = await runAll(deploySteps(unaffected(fake)));
    expect(outcomes).toContain('inputs done: api: no input changed since abc');
    expect(outcomes).toContain('image skipped: api: no input changed since abc');
    expect(fake.acts).not.toContain('build api');
  });

  test('keeps the running image when its content is the same, whatever Nx says', async () => {
    const fake = runningAccount(pushed);
    fake.digests.set('tideline-dev-api:tag1', 'sha256:new');
    expect(await runAll(deploySteps(fakePipeline(fake)))).toContain(
      'image skipped: api: its content is what runs (tag1)',
    );
  });

  test('builds new content, and synthesises nothing anew for it', async () => {
    const fake = runningAccount(`${registryUrl}@sha256:old`);
    await runAll(deploySteps(fakePipeline(fake)));
    expect(fake.acts).toContain(`apply service image=${pushed}`);
    expect(new Set(fake.acts.filter((act) => act.startsWith('synth')))).toEqual(new Set(['synth']));
  });

  test('remembers the commit once the service answers', async () => {
    const fake = runningAccount(pushed);
    await runAll(deploySteps(fakePipeline(fake)));
    expect(fake.documents.get('tideline/dev/last-deploy.json')).toMatchObject({
      commit: 'c0ffee',
      images: { api: pushed },
    });
  });
});

test('tasks on instances are deployed as tasks are: no instance is refreshed for a new image', () => {
  const environment = containerInstanceEnvironment();
  const titles = deploySteps(fakePipeline(new FakeAccount(), { environment })).map(({ title }) => title);
  expect(titles.filter((title) => title.startsWith('wait until the service is steady'))).toHaveLength(1);
  expect(titles.filter((title) => title.includes('refresh'))).toEqual([]);
});

describe('on instances', () => {
  const environment = groupEnvironment();

  test('the stack of what is kept is applied before the service, and skipped where nothing is kept', async () => {
    const data = (of: Partial<Parameters<typeof fakePipeline>[1]>) =>
      initSteps(fakePipeline(new FakeAccount(), of)).filter(({ id }) => id === 'data');
    expect(await runAll(data({ environment }))).toEqual(['data done: nothing to change']);
    expect(await runAll(data({}))).toEqual(['data skipped: this environment has no use for it']);
  });

  test('a deploy keeps the image that the group’s launch template runs', async () => {
    const fake = new FakeAccount();
    fake.group = steadyGroup('lt-1:4');
    fake.imagesOf.set('lt-1:4', pushed);
    fake.digests.set('tideline-dev-api:tag1', 'sha256:new');
    fake.deployed('registry', { appRepositoryUrl: registryUrl });
    const steps = deploySteps(fakePipeline(fake, { environment })).filter(({ id }) =>
      ['check-service', 'image'].includes(id),
    );
    expect(await runAll(steps)).toEqual([
      'check-service done: 2 of 2 instances running',
      'image skipped: api: its content is what runs (tag1)',
    ]);
  });
});
