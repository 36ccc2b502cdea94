import { afterEach, describe, expect, test } from '@jest/globals';
import { eventually } from './eventually.ts';
import { TwinClient, TwinProcess } from './twin-process.ts';

let twin: TwinProcess | undefined;

afterEach(async () => {
  await twin?.remove();
  twin = undefined;
});

async function up(): Promise<TwinClient> {
  twin = await TwinProcess.start('up', '--json', '--speed', '60');
  return TwinClient.of(twin);
}

const zonesOf = (tasks: readonly { readonly availabilityZone: string | null }[]): string =>
  tasks
    .map(({ availabilityZone }) => availabilityZone?.slice(-1))
    .sort()
    .join('');

describe('a service in trouble', () => {
  test('takes a task that fails its health checks out of rotation, and replaces it', async () => {
    const client = await up();
    const [victim, other] = await client.tasks();
    await client.send('POST', `/tasks/${victim!.id}/freeze`);
    await eventually(
      () => client.tasks(),
      (tasks) => tasks.find(({ id }) => id === victim!.id)?.health !== 'healthy',
    );
    for (let index = 0; index < 20; index += 1) {
      const { taskId } = (await (await fetch(`${client.url}/host`)).json()) as { taskId: string };
      expect(taskId).not.toBe(victim!.id);
    }
    await client.steady(2);
    const tasks = await client.tasks();
    expect(tasks.map(({ health }) => health)).toEqual(['healthy', 'healthy']);
    expect(tasks.map(({ id }) => id)).toContain(other!.id);
    expect(tasks.map(({ id }) => id)).not.toContain(victim!.id);
    expect(await twin!.processes()).toHaveLength(3);
    const messages = (await client.messages()).join('\n');
    expect(messages).toMatch(
      new RegExp(`\\(task ${victim!.id}\\) \\(port \\d+\\) is unhealthy in \\(target-group \\S+\\) due to`),
    );
    expect(messages).toContain(`has stopped 1 running tasks: (task ${victim!.id}).`);
  });

  test('moves to the other zone when one is lost, and spreads again when it is back', async () => {
    const client = await up();
    expect(zonesOf(await client.tasks())).toBe('ab');
    await client.send('DELETE', '/availability-zones/us-east-1a');
    await client.steady(2);
    expect(zonesOf(await client.tasks())).toBe('bb');
    await client.send('PUT', '/availability-zones/us-east-1a');
    await client.steady(3);
    expect(zonesOf(await client.tasks())).toBe('ab');
  });
});
