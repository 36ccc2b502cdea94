import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { inMemoryApi } from '../../test/in-memory-api.ts';
import { problems } from '../http/problem.ts';

interface Document {
  readonly openapi: string;
  readonly servers: { url: string }[];
  readonly paths: Record<string, Record<string, { operationId: string; parameters?: unknown }>>;
}

const documentOf = async (env: { BASE_PATH?: string; STRESS_ENABLED?: string } = {}) => {
  const prefix = env.BASE_PATH === undefined ? '' : `/${env.BASE_PATH}`;
  return (await (await inMemoryApi({ env }).app.request(`${prefix}/openapi.json`)).json()) as Document;
};
const page = async () => {
  const response = await inMemoryApi().app.request('/docs');
  return { text: await response.text(), policy: response.headers.get('content-security-policy') ?? '' };
};

describe('/openapi.json', () => {
  test('lists every route that is served, and no other', async () => {
    const { openapi, paths } = await documentOf();
    expect(openapi).toBe('3.1.0');
    const listed = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    expect(listed.sort()).toEqual(
      [
        'get /',
        'get /health',
        'get /ready',
        'get /host',
        'get /session',
        'delete /session',
        'post /tasks',
        'get /tasks',
        'patch /tasks/{id}',
        'delete /tasks/{id}',
        'post /files',
        'get /files',
        'get /files/{id}',
        'delete /files/{id}',
        'get /stress-cpu/{percent}/{seconds}',
        'post /stress-cpu',
        'get /stress-cpu',
        'delete /stress-cpu',
        'get /openapi.json',
        'get /docs',
      ].sort(),
    );
  });

  test('leaves out the stress routes where they are off', async () => {
    const { paths } = await documentOf({ STRESS_ENABLED: 'false' });
    expect(Object.keys(paths).filter((path) => path.includes('stress'))).toEqual([]);
  });

  test('gives path parameters the range that is enforced', async () => {
    const { paths } = await documentOf();
    expect(paths['/stress-cpu/{percent}/{seconds}']?.get?.parameters).toEqual([
      expect.objectContaining({
        name: 'percent',
        in: 'path',
        required: true,
        schema: expect.objectContaining({ type: 'integer', minimum: 1, maximum: 100 }),
      }),
      expect.objectContaining({
        name: 'seconds',
        schema: expect.objectContaining({ type: 'integer', minimum: 1, maximum: 600 }),
      }),
    ]);
  });

  test('gives every operation an id of its own, and its problems the shared schema', async () => {
    const { paths } = await documentOf();
    const operations = Object.values(paths).flatMap((item) => Object.values(item));
    expect(new Set(operations.map((operation) => operation.operationId)).size).toBe(operations.length);
    for (const operation of operations) {
      expect(operation).toMatchObject({
        responses: {
          500: {
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        },
      });
    }
  });

  test('names the base path as its server', async () => {
    expect((await documentOf({ BASE_PATH: 'dev' })).servers).toEqual([{ url: '/dev' }]);
  });
});

describe('/docs', () => {
  test('loads nothing: no script, and nothing from elsewhere', async () => {
    const { text } = await page();
    expect(text).not.toMatch(/<script|<img|<link|<iframe|\ssrc=|url\(|https?:\/\//);
  });

  test('allows its own style sheet by hash and nothing else', async () => {
    const { text, policy } = await page();
    const style = /<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(policy).toContain(`default-src 'none'; style-src 'sha256-${hash}';`);
    expect(text).not.toMatch(/\sstyle=/);
  });

  test('has a language, a title, one main heading, labelled sections and table headers', async () => {
    const { text } = await page();
    expect(text).toContain('<html lang="en">');
    expect(text).toContain('<title>Tideline API</title>');
    expect(text.match(/<h1/g)).toHaveLength(1);
    expect(text.match(/<main/g)).toHaveLength(1);
    const ids = new Set([...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id));
    for (const [, id] of text.matchAll(/aria-labelledby="([^"]+)"/g)) expect(ids).toContain(id);
    for (const [, id] of text.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(id);
    expect(text).not.toMatch(/<th>/);
  });

  test('has an entry for every problem, where its type points to', async () => {
    const { text } = await page();
    for (const code of Object.keys(problems)) expect(text).toContain(`id="problem-${code}"`);
  });
});
