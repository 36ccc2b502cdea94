import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type LoadProfile, resolveLoadProfile } from '@tideline/config';
import { readData } from './read-data.ts';

const target = new URL('http://127.0.0.1:3000');
const stages = [{ users: 1, holdSeconds: 1, requestsPerSecond: 1 }];

function profileWith(content: string): LoadProfile {
  const file = join(mkdtempSync(join(tmpdir(), 'load-runner-data-')), 'users.csv');
  writeFileSync(file, content);
  const endpoints = [{ path: '/{{data.name}}', headers: { 'x-key': '{{data.key}}' } }];
  return resolveLoadProfile({ name: 'test', stages, endpoints, data: { file } });
}

test('rows are read by the names of their columns', async () => {
  const profile = profileWith('\ufeffname,key,other\r\nana,"a,1",x\r\n\r\nbo,2,y\r\n');
  expect(await readData(target, profile)).toEqual([
    { name: 'ana', key: 'a,1', other: 'x' },
    { name: 'bo', key: '2', other: 'y' },
  ]);
});

test.each([
  ['name,key\n', 'has 0 rows below its header'],
  ['name\nana\n', 'has no column "key", which GET /{{data.name}} needs; it has name'],
  ['name,key\nana\n', ':2: got 1 fields; allowed are 2'],
  ['name,key\nana,"1\n', ':2: a quote is not closed'],
  ['name,key\nana,\u0001\n', 'row 1 cannot be sent: headers.x-key'],
])('data that cannot be used is refused: %j', async (content, message) => {
  const read = readData(target, profileWith(content));
  await expect(read).rejects.toThrow(message);
  await expect(read).rejects.toMatchObject({ code: 'TL-RUN-DATA' });
});

test('a file that is not there is refused', async () => {
  const profile = { ...profileWith('name,key\na,b\n'), data: { file: 'missing.csv', each: 'user' as const } };
  await expect(readData(target, profile)).rejects.toThrow('TL-RUN-DATA data.file: cannot read missing.csv');
});
