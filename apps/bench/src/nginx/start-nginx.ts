import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type AddressInfo, createServer } from 'node:net';
import { get } from 'node:http';
import { writeWhole } from '@tideline/process';
import type { Rig } from '../rig.ts';
import { nginxConfig } from './nginx-config.ts';
import type { Child } from '../process/child.ts';
import type { ChildPool } from '../process/child-pool.ts';

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
    writeWhole(configFile, nginxConfig({ folder, port, upstreams, readyToken }));
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

/** A port of this machine that was free a moment ago, for a program that cannot pick one itself. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

const timeoutMs = 10_000;
const pauseMs = 25;

/** Waits until a URL answers 200. @throws MeasurementError when the child ends first, or it takes longer than 10 s */
async function untilAnswers(children: ChildPool, url: string, child: Child): Promise<void> {
  const late = { isLate: false };
  const asks = async (): Promise<void> => {
    while (!late.isLate) {
      if (child.hasEnded) throw child.failure(`ended with ${await child.ended}`);
      if (await answers(url)) return;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  try {
    await children.within(timeoutMs, asks(), () =>
      child.failure(`did not answer at ${url} within ${timeoutMs / 1000} s`),
    );
  } finally {
    late.isLate = true;
  }
}

const answers = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: timeoutMs }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('error', () => resolve(false));
    request.on('timeout', () => request.destroy());
  });
