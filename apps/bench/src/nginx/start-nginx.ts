import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { untilAnswers } from '../process/until-answers.ts';
import type { Rig } from '../rig.ts';
import { freePort } from './free-port.ts';
import { nginxConfig } from './nginx-config.ts';

/** Another program may take the port between its choice and its use. */
const mostAttempts = 5;

/** Starts nginx in front of the upstreams. @returns its URL. @throws MeasurementError */
export async function startNginx(
  rig: Rig,
  command: string,
  upstreamUrls: readonly string[],
): Promise<string> {
  const upstreams = upstreamUrls.map((url) => new URL(url).host);
  for (let attempt = 1; ; attempt += 1) {
    const folder = join(rig.temporaryFolder, `nginx-${attempt}`);
    await mkdir(folder, { recursive: true });
    const [port, readyToken] = [await freePort(), randomUUID()];
    const configFile = join(folder, 'nginx.conf');
    await writeFile(configFile, nginxConfig({ folder, port, upstreams, readyToken }));
    const url = `http://127.0.0.1:${port}`;
    const child = rig.children.start({
      name: 'nginx',
      command: process.execPath,
      args: [rig.bundle('bench'), '--guard', command, '-p', folder, '-c', configFile],
    });
    try {
      await untilAnswers(rig.children, `${url}/${readyToken}`, child);
      return url;
    } catch (error) {
      await child.stop();
      if (attempt === mostAttempts || rig.signal.aborted) throw error;
    }
  }
}
