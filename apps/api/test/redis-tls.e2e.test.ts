import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { ApiProcess } from './api-process.ts';
import { Browser } from './browser.ts';
import { describeWith, describeWithStoreServers } from './find-program.ts';
import { RedisServer } from './redis-server.ts';

const token = 'a-token-that-nobody-may-see';

describeWithStoreServers('a session on Redis as ElastiCache has it', (redisFile) => {
  describeWith('openssl', 'by TLS, with a token', (opensslFile) => {
    let folder: string;
    let certificate: string;
    let redis: RedisServer;
    const started: ApiProcess[] = [];
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'tideline-tls-'));
      certificate = join(folder, 'certificate.pem');
      const key = join(folder, 'key.pem');
      selfSign(opensslFile, { certificate, key });
      redis = await RedisServer.start(redisFile, { password: token, tls: { certificate, key } });
    });
    afterEach(() => Promise.all(started.splice(0).map((api) => api.stop())));
    afterAll(async () => {
      await redis.remove();
      await rm(folder, { recursive: true, force: true });
    });

    /** A browser of a task that trusts the certificate and has the token, unless told otherwise. */
    async function browse(env: Readonly<Record<string, string>> = {}) {
      const api = new ApiProcess({
        SESSION_STORE: 'redis',
        SESSION_KEYS: 'a-signing-key-of-enough-length-1',
        SESSION_TIMEOUT_MILLISECONDS: '10000',
        REDIS_URL: redis.url,
        REDIS_AUTH_TOKEN: token,
        NODE_EXTRA_CA_CERTS: certificate,
        ...env,
      });
      started.push(api);
      const url = await api.url();
      return { api, browser: new Browser((path, init) => fetch(url + path, init)) };
    }

    test('is served', async () => {
      const { browser, api } = await browse();
      expect(await browser.json('/session')).toMatchObject({ views: 1, store: 'redis' });
      expect((await browser.send('POST', '/tasks', { title: 'milk' })).status).toBe(201);
      expect(await browser.json('/session')).toMatchObject({ views: 2, taskCount: 1 });
      expect(await api.metric('session_store_up\\{kind="redis"\\}')).toBe(1);
    });

    test.each([
      ['a certificate that nobody vouches for', { NODE_EXTRA_CA_CERTS: '' }],
      ['a token that is not the server’s', { REDIS_AUTH_TOKEN: 'another-token-that-nobody-may-see' }],
      ['no token', { REDIS_AUTH_TOKEN: '' }],
    ])('is answered 503 over %s, which no line of the log shows', async (_why, env) => {
      const { browser, api } = await browse({ SESSION_TIMEOUT_MILLISECONDS: '500', ...env });
      expect((await browser.request('/session')).status).toBe(503);
      expect((await browser.request('/health')).status).toBe(200);
      expect(await api.log('store failed')).toMatchObject({ store: 'session_store' });
      expect(JSON.stringify(api.logLines) + api.stderr).not.toContain('token-that-nobody-may-see');
    });
  });
});

/** A certificate for `localhost` that vouches for itself, good for a day. */
function selfSign(
  file: string,
  { certificate, key }: { readonly certificate: string; readonly key: string },
) {
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key];
  const args = ['req', '-x509', '-days', '1', ...newKey, ...names, '-out', certificate];
  execFileSync(file, args, { stdio: 'pipe' });
}
