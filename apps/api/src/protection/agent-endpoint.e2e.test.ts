import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { updateProtection } from './agent-endpoint.ts';

const arn = 'arn:aws:ecs:us-west-2:111122223333:task/1234567890abcdef0';
let close: () => void = () => undefined;

afterEach(() => close());

async function agent(status: number, body: string): Promise<{ uri: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    void request.toArray().then((chunks: Buffer[]) => {
      asked.push(`${request.method} ${request.url} ${Buffer.concat(chunks).toString()}`);
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => server.close();
  return { uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/abc`, asked };
}

const update = async (uri: string): Promise<string> =>
  updateProtection(uri, { ProtectionEnabled: true, ExpiresInMinutes: 60 }).then(
    () => 'done',
    (error: unknown) => String(error),
  );

describe('the endpoint of ECS’s agent', () => {
  test('is asked as AWS documents it', async () => {
    const protection = { ExpirationDate: '2022-10-06T02:29:16Z', ProtectionEnabled: true, TaskArn: arn };
    const { uri, asked } = await agent(200, JSON.stringify({ protection }));
    expect(await update(uri)).toBe('done');
    expect(asked).toEqual([
      'PUT /api/abc/task-protection/v1/state {"ProtectionEnabled":true,"ExpiresInMinutes":60}',
    ]);
  });

  test.each<[what: string, status: number, body: unknown, expected: string]>([
    [
      'what ECS declines, with status 200',
      200,
      { failure: { Arn: arn, Detail: null, Reason: 'DEPLOYMENT_BLOCKED' } },
      'ProtectionRefused: DEPLOYMENT_BLOCKED',
    ],
    [
      'a role that may not',
      400,
      {
        requestID: '12345-abc-6789-0123-abc',
        error: { Arn: arn, Code: 'AccessDeniedException', Message: 'User is not authorized' },
      },
      'ProtectionRefused: AccessDeniedException: User is not authorized',
    ],
    ['an answer of something else', 200, { ok: true }, 'ProtectionRefused: the agent answered {"ok":true}'],
  ])('says what went wrong: %s', async (_what, ...[status, body, expected]) => {
    const { uri } = await agent(status, JSON.stringify(body));
    expect(await update(uri)).toBe(expected);
  });

  test('is not read without end', async () => {
    const { uri } = await agent(200, 'x'.repeat(100_000));
    expect(await update(uri)).toContain('too long');
  });

  test('that is not there is an error, not a wait', async () => {
    const { uri } = await agent(200, '');
    close();
    expect(await update(uri)).toContain('ECONNREFUSED');
  });
});
