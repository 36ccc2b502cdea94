import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { rejection } from '../../test/fake-pipeline.ts';
import { PipelineError } from '../pipeline-error.ts';
import { awsProblem } from './aws-problem.ts';
import { clientSettings } from './client-settings.ts';
import { ecsServiceDirectory } from './service-directory.ts';
import { stsIdentity } from './identity.ts';
import { s3StateStore } from './state-store.ts';

/** Settings of clients to which AWS answers this, without a network. */
const answering = (statusCode: number, headers: Readonly<Record<string, string>>, body = '') => ({
  ...clientSettings('us-east-1'),
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
  requestHandler: {
    handle: () =>
      Promise.resolve({ response: { statusCode, headers, body: Readable.from([Buffer.from(body)]) } }),
  },
});

const inOurWords = async (asked: Promise<unknown>): Promise<unknown> => awsProblem(await rejection(asked));

describe('what AWS refuses', () => {
  test('is told with operation, resource, status, name, request and a way out', async () => {
    const settings = answering(
      400,
      { 'x-amzn-requestid': 'r-1', 'content-type': 'application/x-amz-json-1.1' },
      JSON.stringify({ __type: 'AccessDeniedException', message: 'User ada may not' }),
    );
    const services = ecsServiceDirectory(settings, { cluster: 'tideline-dev', service: 'tideline-dev-api' });
    const problem = await inOurWords(services.find());
    expect(problem).toMatchObject({ code: 'TL-PIPE-AWS', kind: 'failed' });
    expect((problem as Error).message).toBe(
      'TL-PIPE-AWS ECS DescribeServices (cluster tideline-dev; services tideline-dev-api) failed: AccessDeniedException, HTTP 400, request r-1: User ada may not. Allow the user or role of these credentials this operation; what the deploy role may do is in stack state, which bootstrap brings up to date',
    );
  });

  test('names the bucket where the answer has no body', async () => {
    const problem = await inOurWords(s3StateStore(answering(403, {}), 'state-bucket').exists());
    expect((problem as Error).message).toMatch(
      /^TL-PIPE-AWS S3 HeadBucket \(Bucket state-bucket\) failed: .*HTTP 403.*Allow the user or role/,
    );
  });

  test.each([
    ['ThrottlingException', 400, /wait, then go on/],
    ['InternalError', 500, /wait, then go on/],
    ['ExpiredTokenException', 400, /Sign in again/],
    ['TimeoutError', undefined, /no HTTP answer: .*reachable/],
    ['NoSuchBucket', 404, /or run bootstrap/],
    ['InvalidParameterException', 400, /correct what AWS names/],
  ])('is told how to be fixed: %s', (name, httpStatusCode, words) => {
    const error = Object.assign(new Error('words of AWS'), { name, $metadata: { httpStatusCode } });
    expect((awsProblem(error) as Error).message).toMatch(words);
  });

  test.each([
    ['no JSON', '{"version": 4,'],
    ['another document', '[]'],
    ['a state of another format', '{"version": 3, "modules": []}'],
  ])('a state that is damaged is named with its way out: %s', async (_, body) => {
    const store = s3StateStore(answering(200, {}, body), 'state-bucket');
    const problem = await rejection(store.stack('tideline/dev/network.tfstate'));
    expect(problem).toMatchObject({ code: 'TL-PIPE-STATE', kind: 'failed' });
    expect(problem.message).toMatch(
      /^TL-PIPE-STATE s3:\/\/state-bucket\/tideline\/dev\/network\.tfstate is damaged: .*list-object-versions --bucket state-bucket --prefix tideline/,
    );
    expect(problem.message).not.toContain('\n');
  });

  test('AWS that is not reachable is not a matter of credentials', async () => {
    const unreachable = Object.assign(new Error('connect ECONNREFUSED'), { $metadata: { attempts: 3 } });
    const settings = { ...answering(200, {}), requestHandler: { handle: () => Promise.reject(unreachable) } };
    expect(await inOurWords(stsIdentity(settings).caller())).toMatchObject({
      code: 'TL-PIPE-AWS',
      message: expect.stringMatching(/no HTTP answer: connect ECONNREFUSED.*reachable from here/),
    });
  });

  test('is nothing else: other errors are passed on as they are', () => {
    for (const error of [new Error('a fault'), new PipelineError('TL-PIPE-USAGE', 'x'), 'text', null])
      expect(awsProblem(error)).toBe(error);
  });
});
