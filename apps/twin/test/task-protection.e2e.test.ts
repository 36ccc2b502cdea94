import { afterEach, describe, expect, test } from '@jest/globals';
import { eventually } from './eventually.ts';
import { TwinClient, TwinProcess } from './twin-process.ts';

const token = 'a-token-of-this-test';

let twin: TwinProcess | undefined;

afterEach(async () => {
  await twin?.remove();
  twin = undefined;
});

async function up(...settings: readonly string[]): Promise<TwinClient> {
  twin = await TwinProcess.startWith(
    { STRESS_TOKEN: token },
    ...['up', '--json', '--speed', '30'],
    ...['container.stressRoutes=true', ...settings].flatMap((setting) => ['--set', setting]),
  );
  return TwinClient.of(twin);
}

async function stress(client: TwinClient, seconds: number): Promise<void> {
  const response = await fetch(`${client.url}/stress-cpu/1/${seconds}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(202);
}

describe('a task that works on what outlives its request', () => {
  test('is protected when the request is answered, and a deployment waits until it is done', async () => {
    const client = await up('container.scaleInProtection.enabled=true');
    await stress(client, 8);
    const [busy, ...others] = (await client.tasks()).filter(
      ({ protectedUntilSeconds }) => protectedUntilSeconds !== null,
    );
    expect(others).toEqual([]);
    await client.send('POST', '/deployments', { version: '2' });
    const waiting = await eventually(
      () => client.tasks(),
      (tasks) => tasks.filter(({ version }) => version === '1').length === 1,
    );
    expect(waiting.find(({ version }) => version === '1')).toMatchObject({ id: busy?.id, state: 'RUNNING' });
    expect((await client.deployments()).at(-1)?.rolloutState).toBe('IN_PROGRESS');
    await eventually(
      () => client.deployments(),
      (deployments) => deployments.at(-1)?.rolloutState === 'COMPLETED',
    );
    const messages = await client.messages();
    expect(
      messages.filter((message) => message.includes(`protected from scale-in: (task ${busy?.id})`)),
    ).toHaveLength(1);
  });

  test('asks for no protection where the description has none, and can be protected from outside', async () => {
    const client = await up();
    await stress(client, 60);
    const [first, ...others] = await client.tasks();
    expect([first, ...others].map((task) => task?.protectedUntilSeconds)).toEqual([null, null]);
    await client.send('PUT', `/tasks/${first?.id}/protection`, { protectionEnabled: true });
    const task = (await client.tasks()).find(({ id }) => id === first?.id);
    expect(task?.protectedUntilSeconds).toBeGreaterThan(7200);
    await expect(
      client.send('PUT', `/tasks/${first?.id}/protection`, {
        protectionEnabled: true,
        expiresInMinutes: 2881,
      }),
    ).rejects.toThrow('400');
  });
});
