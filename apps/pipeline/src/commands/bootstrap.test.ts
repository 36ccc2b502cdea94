import { describe, expect, test } from '@jest/globals';
import { FakeAccount, fakePipeline, runAll } from '../../test/fake-pipeline.ts';
import { bootstrapSteps } from './bootstrap.ts';

const deployTrust = {
  repository: 'acme/shop',
  subjects: ['repo:acme@1/shop@2:environment:dev', 'repo:acme@1/shop@2:environment:dev-destroy'],
};

describe('bootstrap', () => {
  test('applies with a local state, then moves the state into its bucket', async () => {
    const fake = new FakeAccount();
    await runAll(bootstrapSteps(fakePipeline(fake)));
    expect(fake.acts).toEqual([
      'synth stateBackend=local',
      'apply state',
      'synth',
      'migrate state',
      'forget local state',
    ]);
  });

  test('works in the bucket once the state is there', async () => {
    const fake = new FakeAccount();
    fake.deployed('state');
    const outcomes = await runAll(bootstrapSteps(fakePipeline(fake, { deployTrust })));
    expect(fake.acts).toEqual(['synth', 'apply state']);
    expect(outcomes[1]).toBe('migrate skipped: it is there already');
  });

  test('prints the role, each subject that it trusts, and how to find the ids', async () => {
    const fake = new FakeAccount();
    const role = 'arn:aws:iam::123456789012:role/tideline-dev-deploy';
    fake.deployed('state', { deployRoleArn: role, trustedSubjects: deployTrust.subjects });
    const outcomes = await runAll(bootstrapSteps(fakePipeline(fake, { deployTrust })));
    expect(outcomes.at(-1)).toContain(`AWS_ROLE for GitHub is ${role}`);
    for (const subject of deployTrust.subjects) expect(outcomes.at(-1)).toContain(`\n    ${subject}\n`);
    expect(outcomes.at(-1)).toContain("gh api repos/OWNER/NAME --jq '.id,.owner.id'");
  });

  test('refuses to delete the deploy role because no repository is named', async () => {
    const fake = new FakeAccount();
    fake.deployed('state', { deployRoleArn: 'arn:aws:iam::123456789012:role/tideline-dev-deploy' });
    await expect(runAll(bootstrapSteps(fakePipeline(fake)))).rejects.toThrow(
      /TL-PIPE-USAGE GITHUB_REPOSITORY is not set.*role\/tideline-dev-deploy/,
    );
    expect(fake.acts).toEqual([]);
  });
});
