import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { environmentVariables } from '../src/config.ts';
import { problems } from '../src/http/problem.ts';
import { inMemoryApi } from './in-memory-api.ts';

const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');

/** Cells of the rows of the table whose header starts with this. */
const table = (header: string): string[][] => {
  const [, rest = ''] = readme.split(`| ${header} `);
  return rest
    .split('\n')
    .slice(
      2,
      rest.split('\n').findIndex((line, index) => index > 0 && !line.startsWith('|')),
    )
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
};

/** As a person would write it in the environment. */
type Default = string | number | boolean | readonly string[] | undefined;
const written = (value: Default): string =>
  value === undefined || value === '' ? '' : `\`${String(value)}\``;

/** Written as a word, read as true or false. */
const flags: ReadonlySet<string> = new Set(['ACCESS_LOG', 'STOREFRONT']);

/** Rows of the routes of an API with these variables. */
async function routeRows(env: Readonly<Record<string, string>>): Promise<string[][]> {
  const document = (await (await inMemoryApi({ env }).app.request('/openapi.json')).json()) as {
    paths: Record<string, Record<string, { summary: string }>>;
  };
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { summary }]) => [`\`${method.toUpperCase()} ${path}\``, summary]),
  );
}

describe('README.md', () => {
  test('lists every environment variable with its default and meaning', () => {
    const defaults: Record<string, Default> = environmentVariables.parse({});
    const expected = Object.entries(environmentVariables.shape).map(([name, schema]) => [
      `\`${name}\``,
      flags.has(name) ? `\`${defaults[name] === true ? 'on' : 'off'}\`` : written(defaults[name]),
      schema.description,
    ]);
    expect(table('Variable')).toEqual(expected);
  });

  test('lists every problem code with its status and title', () => {
    const expected = Object.entries(problems).map(([code, { status, title }]) => [
      `\`${code}\``,
      String(status),
      title,
    ]);
    expect(table('Code')).toEqual(expected);
  });

  test('lists every route with its summary', async () => {
    expect(table('Route')).toEqual(await routeRows({}));
  });

  test('lists every route of the storefront with its summary', async () => {
    const others = (await routeRows({})).map((row) => row.join());
    const expected = (await routeRows({ STOREFRONT: 'on' })).filter((row) => !others.includes(row.join()));
    expect(table('Storefront route')).toEqual(expected);
  });

  test('says what every folder of the code is for', () => {
    const listed = [...readme.matchAll(/^\| (`src\/.+?) +\|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`src\/([^`.]+)`/g)].map(([, name]) => name),
    );
    const folders = readdirSync(join(import.meta.dirname, '..', 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(listed.sort()).toEqual(folders.sort());
  });
});
