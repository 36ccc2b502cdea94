import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { type AddressInfo, type Server, createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { resourceNames, presetInput, resolveEnvironment } from '@tideline/config';
import { TwinClient, TwinProcess } from './twin-process.ts';

const name = `release-${resourceNames(resolveEnvironment(presetInput('blue-green'))).service}.json`;
/** No system gives a process so high a number: its twin has ended. */
const ended = 2 ** 30;
const note = (pid: number): string =>
  JSON.stringify({
    owner: { pid },
    deployment: 'd-1',
    status: 'Ready',
    from: { version: '1', variables: {} },
    to: { version: '2', variables: {} },
    percent: 100,
  });

const options = ['up', '--json', '--preset', 'blue-green', '--speed', '120'];
let twin: TwinProcess;
/** Starts a twin in a folder with this note, which does not come to run. */
async function refused(text: string, ...args: readonly string[]): Promise<void> {
  twin = await TwinProcess.start('--help');
  await twin.exited;
  await mkdir(join(twin.folder, 'reports'));
  await writeFile(join(twin.folder, 'reports', name), text);
  twin = await twin.again(...options, ...args);
  expect(await twin.exited).toBe(2);
  expect(await readFile(join(twin.folder, 'reports', name), 'utf8')).toBe(text);
}

afterEach(() => twin.remove());

describe('a start that fails, since a port is taken,', () => {
  let taken: Server;
  beforeEach(async () => {
    taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => void taken.close());

  test('leaves the note of an interrupted release to the next one, which takes it up', async () => {
    const port = String((taken.address() as AddressInfo).port);
    await refused(note(ended), '--port', port);
    twin = await twin.again(...options, '--control-port', port);
    expect(await twin.exited).toBe(2);
    twin = await twin.again(...options);
    const client = await TwinClient.of(twin);
    expect((await client.tasks()).map(({ version }) => version)).toEqual(['2']);
    expect(twin.stderr).toContain('The last twin ended in the middle of deployment d-1 (Ready)');
    expect(await readdir(join(twin.folder, 'reports'))).toEqual([name.replace('.json', '-d-1.json')]);
  });
});

test('a note that cannot be read is named, with the way on', async () => {
  await refused('{"deployment":');
  expect(twin.stderr).toContain(
    `reports/${name} should say where the last release stood, but cannot be read`,
  );
});

test('a note of a twin that still runs is left to it', async () => {
  await refused(note(process.pid));
  expect(twin.stderr).toContain(`Another twin, process ${process.pid}, is in the middle of deployment d-1`);
});
