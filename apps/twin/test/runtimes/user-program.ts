import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server as a user may have written it, without anything of ours: it answers who it is and what its environment says. */
export const nodeServer = `
import { createServer } from 'node:http';
import { setTimeout } from 'node:timers/promises';
if (process.env.COLOUR === 'none') { console.error('COLOUR none is no colour; the key is ' + process.env.KEY); process.exit(3); }
const burn = (ms) => { const until = process.cpuUsage(); while ((process.cpuUsage(until).user + process.cpuUsage(until).system) / 1000 < ms); };
const server = createServer(async ({ url }, response) => {
  const { searchParams, pathname } = new URL(url, 'http://host');
  if (pathname === '/slow') console.log('asked for /slow');
  if (pathname === '/slow') await setTimeout(500);
  burn(Number(searchParams.get('burn') ?? 1));
  response.end(JSON.stringify({ pid: process.pid, variables: process.env }));
});
server.listen(Number(process.env.PORT), process.env.HOST_TO_LISTEN ?? '127.0.0.1', () => console.log('listening, with key ' + process.env.KEY));
process.on('SIGTERM', () => { server.close(() => process.exit(0)); server.closeIdleConnections(); });
`;

/** Starts another process that takes memory and CPU time, and listens once that one is done: it keeps what it has until it is told to go. */
const treeServer = `
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
if (process.argv[2] === 'child') {
  const held = Buffer.alloc(100 * 2 ** 20, 1);
  const from = process.cpuUsage();
  while (process.cpuUsage(from).user < 500_000);
  process.send('done');
  process.on('message', () => { console.log(held.length); process.exit(); });
} else {
  const child = spawn(process.execPath, [process.argv[1], 'child'], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  child.once('message', () => createServer((_, response) => {
    child.once('exit', () => response.end('gone'));
    child.send('go');
  }).listen(process.env.PORT));
}
`;

/** A subclass of the standard library’s server. */
export const pythonServer = `
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def do_GET(self):
        body = b'hello from python'
        self.send_response(200)
        self.send_header('content-length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *args):
        pass
ThreadingHTTPServer(('127.0.0.1', int(os.environ['PORT'])), Handler).serve_forever()
`;

/** A folder with the programs of a user, and a way to remove it. */
export async function programFolder(
  files: Readonly<Record<string, string>> = {
    'server.mjs': nodeServer,
    'server.py': pythonServer,
    'tree.mjs': treeServer,
  },
): Promise<{ readonly folder: string; readonly remove: () => Promise<void> }> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'tideline-program-')));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A description of the preset load-driven, with a program of the user’s in the place of its backend. */
export const descriptionOfOwnProgram = (
  local: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>> = {},
): string => JSON.stringify({ preset: 'load-driven', local, healthCheck: { path: '/' }, ...more });
