import { describe, expect, test } from '@jest/globals';
import { answerOf, awsRequest } from '../../test/call-repair.ts';
import { type Repair } from '../gateway/repair.ts';
import { ec2Repairs } from './ec2.ts';

const rule = (description = '') =>
  `<item><securityGroupRuleId>sgr-1</securityGroupRuleId><toPort>443</toPort>${description}<tagSet/></item>`;

async function call(
  repairs: readonly Repair[],
  operation: string,
  parameters: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const request = awsRequest({ operation, parameters });
  return (await answerOf(repairs, request, () => Promise.resolve({ status: 200, body: rule() }))).body;
}

describe('EC2 behind the gateway', () => {
  test.each(['Groups', 'PrefixListIds'])(
    'keeps a rule’s description whose peer is one of %s',
    async (peer) => {
      const repairs = ec2Repairs();
      await call(repairs, 'AuthorizeSecurityGroupEgress', {
        [`IpPermissions.1.${peer}.1.Description`]: 'To <A> & B',
      });
      const described = await call(repairs, 'DescribeSecurityGroupRules');
      expect(described).toBe(rule('<description>To &lt;A&gt; &amp; B</description>'));
    },
  );

  test('a modified rule has its new description, or none', async () => {
    const repairs = ec2Repairs();
    const id = { 'SecurityGroupRule.1.SecurityGroupRuleId': 'sgr-1' };
    await call(repairs, 'ModifySecurityGroupRules', {
      ...id,
      'SecurityGroupRule.1.SecurityGroupRule.Description': 'new',
    });
    expect(await call(repairs, 'DescribeSecurityGroupRules')).toBe(rule('<description>new</description>'));
    await call(repairs, 'ModifySecurityGroupRules', id);
    expect(await call(repairs, 'DescribeSecurityGroupRules')).toBe(rule());
  });
});
