import { describe, expect, test } from '@jest/globals';
import { presetNames } from '../presets/presets.ts';
import { resolveEnvironment } from '../resolve/resolve-environment.ts';
import { fieldOf } from '../schema/schema-node.ts';
import { profiledInput } from '../settings-profiles/settings-profiles.ts';
import { judgementOf, securityBaseline } from './baseline.ts';
import { controlPage } from './control.ts';

/** Controls that a reader of the table looks for first. */
const required =
  'ELB.1 ELB.4 ELB.5 ELB.6 ELB.16 EC2.2 EC2.6 EC2.7 EC2.8 ECS.1 ECS.2 ECS.3 ECS.4 ECS.5 ECS.8 ECS.12 ECR.1 ECR.2 ECR.3 S3.1 S3.5 S3.8 S3.13 DynamoDB.2 DynamoDB.6 ElastiCache.1 ElastiCache.2 ElastiCache.3 ElastiCache.4 ElastiCache.5 ElastiCache.6 ElastiCache.7 SecretsManager.1 SecretsManager.4 CloudFront.5 CloudFront.6 CloudFront.7 CloudFront.9 AutoScaling.1 AutoScaling.2 AutoScaling.3 AutoScaling.6 CloudWatch.16 IAM.1 IAM.21'.split(
    ' ',
  );

describe('the security baseline', () => {
  test('has every control that it must have', () => {
    const ids = securityBaseline.map(({ id }) => id);
    expect(required.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('names the page of AWS that says what a control checks', () => {
    expect(controlPage({ id: 'SecretsManager.4' })).toBe(
      'https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html#secretsmanager-4',
    );
  });

  test.each(presetNames)('names settings that the profile production gives %s', (preset) => {
    const environment: unknown = resolveEnvironment(profiledInput(preset, 'production'));
    const named = securityBaseline.flatMap((control) => {
      const judgement = judgementOf(control, preset);
      return judgement.verdict === 'setting' && judgement.by === 'production' ? judgement.settings : [];
    });
    expect(named.length).toBeGreaterThan(0);
    for (const setting of named) {
      const [path = '', value] = setting.split('=');
      expect([setting, String(path.split('.').reduce(fieldOf, environment))]).toEqual([setting, value]);
    }
  });
});
