import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Deadline } from '../src/documents/deadline.ts';
import { StoreUnavailable } from '../src/documents/document-store.ts';
import type { RedisClient } from '../src/documents/redis-client.ts';
import { RedisLink } from '../src/documents/redis-link.ts';
import { describeWithStoreServers } from './find-program.ts';
import { RedisServer } from './redis-server.ts';
import { TcpProxy } from './tcp-proxy.ts';

const write = (client: RedisClient) =>
  client.eval("return redis.call('SET', KEYS[1], ARGV[1])", { keys: ['kept'], arguments: ['as written'] });
const read = (client: RedisClient) => client.get('kept');

describeWithStoreServers('the connection to Redis', (file) => {
  let server: RedisServer;
  let proxy: TcpProxy;
  let link: RedisLink;
  beforeEach(async () => {
    server = await RedisServer.start(file);
    proxy = await TcpProxy.start(server.port);
    link = new RedisLink({
      url: `redis://127.0.0.1:${proxy.port}`,
      authToken: undefined,
      timeoutMs: 1000,
    });
    await link.ready(new Deadline(10_000));
    await link.ask(new Deadline(10_000), write);
  });
  afterEach(async () => {
    link.close();
    await proxy.close();
    await server.remove();
  });

  test('is made anew after seconds of silence, however much is asked meanwhile', async () => {
    proxy.freeze();
    const frozenAtMs = performance.now();
    while (link.isReady && performance.now() - frozenAtMs < 20_000) {
      await expect(link.ask(new Deadline(100), read)).rejects.toBeInstanceOf(StoreUnavailable);
    }
    const silentMs = performance.now() - frozenAtMs;
    expect(silentMs).toBeGreaterThan(3000);
    expect(silentMs).toBeLessThan(10_000);
    await link.ready(new Deadline(10_000));
    expect(await link.ask(new Deadline(10_000), read)).toBe('as written');
  });

  test('is made anew when the primary has become a replica, to where its name leads then', async () => {
    const next = await RedisServer.start(file);
    try {
      await server.send('REPLICAOF', '127.0.0.1', String(next.port));
      proxy.targetPort = next.port;
      await expect(link.ask(new Deadline(10_000), write)).rejects.toBeInstanceOf(StoreUnavailable);
      await link.ready(new Deadline(10_000));
      expect(await link.ask(new Deadline(10_000), write)).toBe('OK');
      expect(await link.ask(new Deadline(10_000), read)).toBe('as written');
    } finally {
      await next.remove();
    }
  });
});
