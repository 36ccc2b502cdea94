import { describe, expect, test } from '@jest/globals';
import { presetInput, resolveEnvironment } from '@tideline/config';
import { FakeAccount, context, fakePipeline, rejection } from '../../test/fake-pipeline.ts';
import { filesStep } from './files-step.ts';

const environmentOf = (files: boolean) =>
  resolveEnvironment({ ...presetInput('stateless-asg'), protection: { files } });

function accountWith(uploads: number): FakeAccount {
  const fake = new FakeAccount();
  fake.deployed('data', { uploadsBucketName: 'uploads' });
  fake.uploads = uploads;
  return fake;
}

describe('the uploaded files', () => {
  test('are kept, and named, while the description protects them', async () => {
    const fake = accountWith(3);
    const step = filesStep(fakePipeline(fake, { environment: environmentOf(true) }));
    expect((await rejection(step.run(context))).message).toMatch(
      /TL-PIPE-PROTECTED protection.files keeps the uploaded files in uploads/,
    );
    expect(fake.acts).toEqual([]);
  });

  test('are deleted once it does not', async () => {
    const fake = accountWith(3);
    const step = filesStep(fakePipeline(fake, { environment: environmentOf(false) }));
    expect(await step.run(context)).toMatchObject({ kind: 'done', detail: '3 deleted' });
    expect(fake.acts).toEqual(['empty uploads']);
  });

  test('are none in an empty bucket, and where none is kept', async () => {
    const empty = filesStep(fakePipeline(accountWith(0), { environment: environmentOf(true) }));
    expect(await empty.run(context)).toMatchObject({ kind: 'skipped', detail: 'there are none' });
    const without = filesStep(fakePipeline(new FakeAccount()));
    expect(await without.run(context)).toMatchObject({ kind: 'skipped' });
  });
});
