import { expect, test } from '@jest/globals';
import { ImportDraft } from '../list/import-draft.ts';
import { SourceNode } from '../source/source-node.ts';
import { putSecret, putVariable } from './variables.ts';

const from = [SourceNode.of('x', 'there')];
const environmentOf = (name: string, value: unknown): object => {
  const draft = new ImportDraft();
  putVariable(draft, { name, value, from }, 8080);
  const { description, left } = draft.finish([], '');
  return { ...(description.container as object | undefined), reason: left[0]?.reason };
};

test.each([
  ['LOG_LEVEL', 'info'],
  ['TOKENS', 'a'],
  ['KEYBOARD', 'de'],
  ['PASSENGERS', '4'],
  ['MONKEY', 'x'],
  ['SITE', 'https://example.com/a:b@c'],
])('%s is a plain variable', (name, value) => {
  expect(environmentOf(name, value)).toMatchObject({ environment: { [name]: value } });
});

test.each([
  ['DB_PASSWORD', 'a'],
  ['PASSWORD', 'a'],
  ['github_token', 'a'],
  ['STRIPE_API_KEY', 'a'],
  ['APIKEY', 'a'],
  ['AWS_SECRET_ACCESS_KEY', 'a'],
  ['SESSION_SECRET', 'a'],
  ['DATABASE_URL', 'postgres://shop:hunter2@db/shop'],
  ['REDIS', 'redis://:hunter2@cache:6379'],
])('%s is held back as a secret, and its value is not shown', (name, value) => {
  const result = environmentOf(name, value);
  expect(result).not.toHaveProperty('environment');
  expect(result).toMatchObject({ reason: expect.stringContaining(`container.secrets.${name}`) });
  expect(JSON.stringify(result)).not.toContain('hunter2');
});

test('PORT is the port of the container, or is left', () => {
  expect(environmentOf('PORT', 8080)).toEqual({ reason: undefined });
  expect(environmentOf('PORT', '80')).toEqual({ reason: 'PORT is set from container.port, which is 8080' });
});

test('a name that sets a prototype is a variable like any other', () => {
  const { environment } = environmentOf('__proto__', 'x') as { environment: object };
  expect(Object.entries(environment)).toEqual([['__proto__', 'x']]);
});

const place = { partition: 'aws-cn', region: 'cn-north-1', account: '123456789012' };
test.each([
  ['/shop/key', 'arn:aws-cn:ssm:cn-north-1:123456789012:parameter/shop/key'],
  ['KEY', 'arn:aws-cn:ssm:cn-north-1:123456789012:parameter/KEY'],
  [
    'arn:aws:secretsmanager:us-east-1:123456789012:secret:a-b1C2d3:user::',
    'arn:aws:secretsmanager:us-east-1:123456789012:secret:a-b1C2d3:user::',
  ],
  ['not a name', undefined],
  ['arn:aws:s3:::bucket', undefined],
])('the secret %s is %s', (value, arn) => {
  const draft = new ImportDraft();
  putSecret(draft, { name: 'KEY', value, from }, place);
  const { description, left } = draft.finish([], '');
  expect((description.container as { secrets?: { KEY: string } } | undefined)?.secrets?.KEY).toBe(arn);
  expect(left).toHaveLength(arn === undefined ? 1 : 0);
});
