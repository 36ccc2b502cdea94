import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AddressInfo, createServer } from 'node:net';
import { get } from 'node:http';
import type { Rig } from '../rig.ts';
import { haproxyConfig } from './haproxy-config.ts';
import { nginxConfig, nginxStaticConfig } from './nginx-config.ts';
import type { Child } from '../process/child.ts';
import type { ChildPool, StartedServer } from '../process/child-pool.ts';

/** Another program may take the port between its choice and its use. */
const mostAttempts = 5;

/** A program that cannot choose a free port itself, and listens where its configuration says. */
export interface PortProgram {
  readonly name: string;
  readonly command: string;
  /** @param at where it writes, and where and by what it is found */
  readonly config: (at: {
    readonly folder: string;
    readonly port: number;
    readonly readyToken: string;
  }) => string;
  readonly args: (at: { readonly folder: string; readonly configFile: string }) => readonly string[];
  /** Files that it needs in its folder, by name. @default none */
  readonly files?: Readonly<Record<string, string>>;
  /** @default all */
  readonly cores?: string;
}

const nginxArgs: PortProgram['args'] = ({ folder, configFile }) => ['-p', folder, '-c', configFile];

/** nginx in front of upstreams, by their URLs. */
export const nginxProxy = (command: string, upstreamUrls: readonly string[]): PortProgram => ({
  name: 'nginx',
  command,
  config: (at) => nginxConfig({ ...at, upstreams: hostsOf(upstreamUrls) }),
  args: nginxArgs,
});

/** nginx as a web server. @param files content by name */
export const nginxStatic = (command: string, files: Readonly<Record<string, string>>): PortProgram => ({
  name: 'nginx upstream',
  command,
  config: nginxStaticConfig,
  args: nginxArgs,
  files,
});

/** HAProxy in front of upstreams, by their URLs. */
export const haproxyProxy = (command: string, upstreamUrls: readonly string[]): PortProgram => ({
  name: 'haproxy',
  command,
  config: (at) => haproxyConfig({ ...at, upstreams: hostsOf(upstreamUrls) }),
  args: ({ configFile }) => ['-f', configFile, '-db'],
});

const hostsOf = (urls: readonly string[]): readonly string[] => urls.map((url) => new URL(url).host);

/** Starts a program and waits until it answers. @throws MeasurementError */
export async function startOnPort(rig: Rig, program: PortProgram): Promise<StartedServer> {
  const { name, command, config, args, files = {}, cores } = program;
  for (let attempt = 1; ; attempt += 1) {
    const folder = join(rig.temporaryFolder, randomUUID());
    await mkdir(folder, { recursive: true });
    for (const [file, content] of Object.entries(files)) await writeFile(join(folder, file), content);
    const [port, readyToken] = [await freePort(), randomUUID()];
    const configFile = join(folder, `${name}.conf`);
    await writeFile(configFile, config({ folder, port, readyToken }));
    const url = `http://127.0.0.1:${port}`;
    const child = rig.children.start({
      name,
      command: process.execPath,
      args: [rig.bundle('bench'), '--guard', command, ...args({ folder, configFile })],
      ...(cores === undefined ? {} : { cores }),
    });
    try {
      await untilAnswers(rig.children, `${url}/${readyToken}`, child);
      return { url, pid: child.pid };
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
