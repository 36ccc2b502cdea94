import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { containerEngine } from '../src/image/container-engine.ts';
import type { ImageSource } from '../src/image/image-inputs.ts';
import { runProcess } from '../src/process/run-process.ts';
import { context } from './fake-pipeline.ts';
import { ImageWorkshop, missingForImages } from './image-workshop.ts';
import { OwnProgram } from './own-program.ts';

interface Manifest {
  readonly config: { readonly digest: string };
  readonly layers: readonly unknown[];
}

const how =
  missingForImages.length === 0
    ? 'built and pushed with podman'
    : `not built here: no ${missingForImages.join(', ')}`;

(missingForImages.length === 0 ? describe : describe.skip)(`images, ${how}`, () => {
  let workshop: ImageWorkshop;

  beforeAll(async () => {
    workshop = await ImageWorkshop.start();
  });

  afterAll(() => workshop.close());

  /** Builds and pushes as a deployment does. @returns the tag’s manifest, as the registry then has it */
  async function pushed({ app, build }: ImageSource, repository: string): Promise<Manifest> {
    const engine = containerEngine((command, options) =>
      runProcess({ ...command, file: join(workshop.podman, '..', command.file) }, options),
    );
    await engine.buildAndPush(
      {
        ...{ app, build, platform: 'linux/amd64', baseImage: workshop.baseImage },
        reference: `${workshop.registry}/${repository}:tag1`,
        login: { username: 'AWS', password: 'secret' },
      },
      context,
    );
    const answer = await fetch(`http://${workshop.registry}/v2/${repository}/manifests/tag1`, {
      headers: { accept: 'application/vnd.oci.image.manifest.v1+json' },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('docker-content-digest')).toMatch(/^sha256:[0-9a-f]{64}$/);
    return (await answer.json()) as Manifest;
  }

  test('of a program of the user’s the pipeline builds the described folder, with its arguments, and pushes it', async () => {
    const program = await OwnProgram.create('fargate-alb');
    const context = join(program.folder, 'service');
    const build = {
      context,
      dockerfile: 'Dockerfile',
      target: null,
      args: { COLOUR: 'green' },
      platform: null,
    };
    try {
      const { config } = await pushed({ app: 'api', build }, 'shop');
      const blob = await fetch(`http://${workshop.registry}/v2/shop/blobs/${config.digest}`);
      expect(await blob.json()).toMatchObject({
        config: {
          Cmd: ['python3', '/server.py'],
          Env: expect.arrayContaining(['OF_THE_BUILD=green', 'HOST=0.0.0.0']) as unknown,
        },
      });
    } finally {
      await program.remove();
    }
  });

  describe.each(['api', 'load-runner'] as const)('of %s', (app) => {
    test('the pipeline builds from the bundle, and pushes to a registry that then has it', async () => {
      const { layers } = await pushed({ app, build: null }, `tideline-e2e-${app}`);
      expect(layers.length).toBeGreaterThan(0);
    });

    test('its Dockerfile builds from the sources, its build stage included', () => {
      workshop.run(
        ...['build', '--file', `apps/${app}/Dockerfile`, '--build-arg', `BASE_IMAGE=${workshop.baseImage}`],
        ...['--tag', `localhost/${app}:sources`, '.'],
      );
      expect(workshop.run('image', 'inspect', '--format', '{{.User}}', `localhost/${app}:sources`)).toBe(
        '1000:1000',
      );
    });
  });

  test('the load runner’s image runs, with nothing to write to but its volume', () => {
    expect(workshop.run('run', '--rm', '--read-only', 'localhost/load-runner:sources', '--help')).toContain(
      '--profile',
    );
  });

  test('the backend’s image answers as an ordinary user, and stops by SIGTERM', async () => {
    const child = spawn(
      workshop.podman,
      ['run', '--rm', '--read-only', '--env', 'PORT=0', '--env', 'METRICS_PORT=0', 'localhost/api:sources'],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const { port } = JSON.parse(line) as { readonly port: number };
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
