import { expect, test } from '@jest/globals';
import { callRepair } from '../../test/call-repair.ts';
import { s3Repairs } from './s3.ts';

test('a bucket’s policy is kept until it or its bucket goes', async () => {
  const repairs = s3Repairs();
  const policy = { Statement: [{ Effect: 'Deny' }] };
  const none = { moto: 'NoSuchBucketPolicy', parameters: {} };
  for (const removal of ['DELETE /{bucket}?policy', 'DELETE /{bucket}']) {
    await callRepair(repairs, 'PUT /{bucket}?policy', { parameters: policy });
    expect(await callRepair(repairs, 'GET /{bucket}?policy', none)).toEqual(policy);
    await callRepair(repairs, removal, { parameters: {} });
    expect(await callRepair(repairs, 'GET /{bucket}?policy', none)).toBe('NoSuchBucketPolicy');
  }
});
