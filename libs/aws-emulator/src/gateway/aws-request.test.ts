import { describe, expect, test } from '@jest/globals';
import { identify } from './aws-request.ts';

const signed = 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host';

describe('the operation of a request', () => {
  test.each([
    ['PUT', '/bucket?policy', 'PUT /{bucket}?policy'],
    ['PUT', '/bucket?policy=', 'PUT /{bucket}?policy'],
    ['GET', '/bucket/?list-type=2', 'GET /{bucket}?list-type'],
    ['DELETE', '/bucket', 'DELETE /{bucket}'],
    ['PUT', '/bucket/policy', 'PUT /bucket/policy'],
    ['PUT', '/bucket/key?policy', 'PUT /bucket/key'],
  ])('of S3 %s %s is %s', (method, path, operation) => {
    expect(identify({ method, path, headers: new Headers({ authorization: signed }) }).operation).toBe(
      operation,
    );
  });

  test('of a distribution leaves out its id', () => {
    const path = '/2020-05-31/distribution/E0000000000001/config';
    expect(identify({ method: 'PUT', path, headers: new Headers() }).operation).toBe(
      'PUT /2020-05-31/distribution/{id}/config',
    );
  });

  test('is taken from the query where there is no body', () => {
    const head = { method: 'GET', path: '/?Action=ListTopics', headers: new Headers() };
    expect(identify(head)).toMatchObject({ service: '', operation: 'ListTopics', path: '/' });
  });
});
