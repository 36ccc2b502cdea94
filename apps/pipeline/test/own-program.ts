import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const secretOfOwnProgram = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/key-a1B2c3';
export const parameterOfOwnProgram = 'arn:aws:ssm:us-east-1:123456789012:parameter/shop/mode';

/** A server of the standard library: it answers 200 on its health path alone, and prints the port that it got. */
const server = `
import json, os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == os.environ['HEALTH_PATH'] else 404)
        self.send_header('content-length', '0')
        self.end_headers()
    def log_message(self, *args):
        pass
server = ThreadingHTTPServer((os.environ['HOST'], int(os.environ['PORT'])), Handler)
print(json.dumps({'port': server.server_port}), flush=True)
server.serve_forever()
`;

const dockerfile = `ARG BASE_IMAGE=python:3.13-slim
FROM \${BASE_IMAGE}
ARG COLOUR=blue
ENV OF_THE_BUILD=\${COLOUR} HOST=0.0.0.0
COPY server.py /
CMD ["python3", "/server.py"]
`;

/** A repository as a user’s may be: a service in Python, how its image is built, and its description. Nothing of it is Node. */
export class OwnProgram {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** @param preset what the description starts from */
  static async create(preset: string): Promise<OwnProgram> {
    const program = new OwnProgram(await realpath(await mkdtemp(join(tmpdir(), 'tideline-own-'))));
    await mkdir(join(program.folder, 'service'));
    const files = {
      'service/server.py': server,
      'service/Dockerfile': dockerfile,
      'service/.dockerignore': 'notes.txt\n',
      'tideline.config.json': JSON.stringify({
        preset,
        container: {
          build: { context: join(program.folder, 'service') },
          environment: { HEALTH_PATH: '/dev/up', COLOUR: 'blue' },
          secrets: {
            KEY: secretOfOwnProgram,
            PASSWORD: `${secretOfOwnProgram}:password::`,
            MODE: parameterOfOwnProgram,
          },
          stressRoutes: false,
        },
        healthCheck: { path: '/up' },
      }),
    };
    for (const [name, text] of Object.entries(files)) await program.write(name, text);
    return program;
  }

  get description(): string {
    return join(this.folder, 'tideline.config.json');
  }

  write(name: string, text: string): Promise<void> {
    return writeFile(join(this.folder, name), text);
  }

  /** Other content, which is another image. */
  change(): Promise<void> {
    return this.write('service/server.py', `${server}# changed\n`);
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}
