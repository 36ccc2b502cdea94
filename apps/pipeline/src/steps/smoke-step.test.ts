import { describe, expect, test } from '@jest/globals';
import { resolveEnvironment } from '@tideline/config';
import { blueGreenEnvironment } from '@tideline/config/testing';
import { context, FakeAccount, fakePipeline, rejection } from '../../test/fake-pipeline.ts';
import { smokeStep } from './smoke-step.ts';

function pipelineWithUrl() {
  const fake = new FakeAccount();
  fake.deployed('service', { url: 'http://alb.example/' });
  return fakePipeline(fake);
}

describe('the smoke test', () => {
  test('asks the balancer both questions', async () => {
    const asked: string[] = [];
    const pipeline = pipelineWithUrl();
    const step = smokeStep({
      ...pipeline,
      probe: (url, signal) => {
        asked.push(url);
        return pipeline.probe(url, signal);
      },
    });
    expect((await step.run(context)).detail).toBe('http://alb.example answers');
    expect(asked).toEqual(['http://alb.example/health', 'http://alb.example/host']);
  });

  test('asks an HTTP API below its stage, which its address has in it', async () => {
    const environment = blueGreenEnvironment();
    const fake = new FakeAccount();
    fake.deployed('service', { url: 'http://internal.example' });
    fake.deployed('ingress', { url: 'https://api.example/dev' });
    const step = (url: string | null) => smokeStep(fakePipeline(fake, { environment, url })).run(context);
    expect((await step(null)).detail).toBe('https://api.example/dev answers');
    expect((await step('http://127.0.0.1:3000')).detail).toBe('http://127.0.0.1:3000/dev answers');
  });

  test.each([
    { kind: 'http', good: 200, bad: 404, allowed: '200' },
    { kind: 'none', good: 404, bad: 500, allowed: '200-499' },
  ] as const)(
    'asks a program of the user’s its health path alone, with health check $kind',
    async ({ kind, good, bad, allowed }) => {
      const environment = resolveEnvironment({
        preset: 'shop',
        compute: { kind: 'fargate', cpuUnits: 256, memoryMiB: 512 },
        capacity: { min: 1, max: 2, desired: 1 },
        container: { image: 'shop:1', healthCheck: { kind } },
        healthCheck: { path: '/up' },
      });
      const fake = new FakeAccount();
      fake.deployed('service', { url: 'http://alb.example' });
      const asked: string[] = [];
      const step = (status: number) =>
        smokeStep({
          ...fakePipeline(fake, { environment }),
          probe: (url) => {
            asked.push(url);
            return Promise.resolve({ status, body: '' });
          },
        });
      expect(step(good).title).toBe('ask /up until it answers, for 60 s at most');
      expect((await step(good).run(context)).kind).toBe('done');
      expect(asked).toEqual(['http://alb.example/up']);
      expect((await rejection(step(bad).run(context))).message).toContain(
        `http://alb.example/up: answers ${bad}, and should answer ${allowed}. `,
      );
    },
  );

  test('asks again until the answer is right', async () => {
    const answers = [{ unreachable: 'connect ECONNREFUSED' }, { status: 503, body: '' }];
    const pipeline = pipelineWithUrl();
    const step = smokeStep({
      ...pipeline,
      probe: (url, signal) => Promise.resolve(answers.shift() ?? pipeline.probe(url, signal)),
    });
    expect((await step.run(context)).kind).toBe('done');
    expect(pipeline.clock.nowMs()).toBe(4_000);
  });

  test.each([
    [{ status: 500, body: '' }, 'answers 500, and should answer 200'],
    [{ unreachable: 'connect ECONNREFUSED' }, 'connect ECONNREFUSED'],
  ])('fails at the deadline with the last answer %j', async (answer, words) => {
    const step = smokeStep({ ...pipelineWithUrl(), probe: () => Promise.resolve(answer) });
    const { message } = await rejection(step.run(context));
    expect(message).toContain(
      `TL-PIPE-SMOKE the service does not answer as it should after 60 s: http://alb.example/health: ${words}`,
    );
  });

  test('takes an answer of /host without a host name for a wrong one', async () => {
    const step = smokeStep({
      ...pipelineWithUrl(),
      probe: () => Promise.resolve({ status: 200, body: '{}' }),
    });
    expect((await rejection(step.run(context))).message).toContain('/host: answers without a hostName');
  });
});
