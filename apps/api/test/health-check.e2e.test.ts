import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ApiProcess } from './api-process.ts';

const dockerfile = readFileSync(join(import.meta.dirname, '..', 'Dockerfile'), 'utf8');
const [, command = '[]'] = /^HEALTHCHECK[\s\S]*?CMD (\[.*\])$/m.exec(dockerfile) ?? [];
const [, ...args] = JSON.parse(command) as string[];

/** Exit code of the image’s health check. */
async function healthCheck(port: number): Promise<number> {
  const child = spawn(process.execPath, args, { stdio: 'inherit', env: { PORT: String(port) } });
  const [code] = (await once(child, 'exit')) as [number];
  return code;
}

test('the image’s health check passes while the API runs, and fails once it does not', async () => {
  const api = new ApiProcess({});
  try {
    const port = await api.port();
    expect(await healthCheck(port)).toBe(0);
    await api.stop();
    expect(await healthCheck(port)).toBe(1);
  } finally {
    await api.stop();
  }
});
