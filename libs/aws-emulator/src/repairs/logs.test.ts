import { describe, expect, test } from '@jest/globals';
import { callRepair } from '../../test/call-repair.ts';
import { logsRepairs } from './logs.ts';

const logGroupName = '/ecs/tideline-dev-api';
const kmsKeyId = 'arn:aws:kms:us-east-1:123456789012:key/1';

describe('CloudWatch Logs behind the gateway', () => {
  test('a group has the key that it was given last, and none once it is taken away or made anew', async () => {
    const repairs = logsRepairs();
    const describeGroups = (group: object = {}) =>
      callRepair(repairs, 'DescribeLogGroups', {
        parameters: {},
        moto: { logGroups: [{ logGroupName, ...group }] },
      });
    expect(await describeGroups()).toEqual({ logGroups: [{ logGroupName }] });
    await callRepair(repairs, 'AssociateKmsKey', { parameters: { logGroupName, kmsKeyId } });
    expect(await describeGroups()).toEqual({ logGroups: [{ logGroupName, kmsKeyId }] });
    await callRepair(repairs, 'DisassociateKmsKey', { parameters: { logGroupName } });
    expect(await describeGroups({ kmsKeyId })).toEqual({ logGroups: [{ logGroupName }] });
    await callRepair(repairs, 'DeleteLogGroup', { parameters: { logGroupName } });
    expect(await describeGroups({ kmsKeyId })).toEqual({ logGroups: [{ logGroupName, kmsKeyId }] });
  });
});
