import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runStandaloneBalancer } from '../src/balancer/standalone.ts';
import { send } from './balancer-rig.ts';

describe('runStandaloneBalancer', () => {
  let server: Server;
  let target: string;

  beforeEach(async () => {
    server = createServer((_, response) => response.end('served'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  test('forwards to a target that runs already', async () => {
    const running = await runStandaloneBalancer({ port: 0, targets: [target] });
    expect((await send(Number(new URL(running.url).port))).body.toString()).toBe('served');
    await running.close();
  });

  test.each(['127.0.0.1:3000', 'https://127.0.0.1:3000', 'http://127.0.0.1:3000/path', 'http://u@127.0.0.1'])(
    'refuses %s as a target',
    async (url) => {
      await expect(runStandaloneBalancer({ port: 0, targets: [url] })).rejects.toThrow(
        `TL-CONFIG-SCHEMA --target: got "${url}"; allowed: an HTTP origin without path. Write it as http://127.0.0.1:3000`,
      );
    },
  );

  test('refuses a target that is listed twice, before it listens', async () => {
    await expect(runStandaloneBalancer({ port: 0, targets: [target, target] })).rejects.toThrow(
      `--target: got "${target}"; for the second time. Name each target once`,
    );
  });
});
