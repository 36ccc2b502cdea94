import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findExecutable } from '../find-executable.ts';

const searchPath = `${process.env.PATH ?? ''}:/usr/sbin:/sbin`;

/** What running containers needs and this machine lacks. */
export const missingForContainers = [
  ...['podman', 'runc', 'tar', 'ldd'].filter((tool) => findExecutable(tool, searchPath) === undefined),
  ...(process.getuid?.() === 0 ? [] : ['root']),
];

/** A podman with a store of its own, set up for a machine that is itself a container, and an image with this machine’s Node. */
export class PodmanWorkshop {
  readonly image = 'localhost/node-of-this-machine:1';
  /** A short name: podman takes no run root of more than 50 characters. */
  readonly #folder = mkdtempSync(join(tmpdir(), 'p-'));

  constructor() {
    const files = {
      'containers.conf': '[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=1000:1000"]\n',
      // What is said by flags also holds for the process that podman starts when a container has ended.
      podman: `#!/bin/sh
export CONTAINERS_CONF='${this.#folder}/containers.conf' BUILDAH_ISOLATION=chroot BUILDAH_LAYERS=false PATH="$PATH:/usr/sbin:/sbin"
exec podman --runtime runc --cgroup-manager cgroupfs --storage-driver vfs --root '${this.#folder}/graph' --runroot '${this.#folder}/run' "$@"
`,
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.#folder, name), text);
    chmodSync(this.file, 0o755);
    this.#importImage();
  }

  /** The engine, as a program on no search path. */
  get file(): string {
    return join(this.#folder, 'podman');
  }

  /** Runs the engine. @throws Error with what it printed */
  run(...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync(this.file, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`podman ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
    return stdout.trim();
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #importImage(): void {
    const root = join(this.#folder, 'root');
    for (const folder of ['bin', 'etc', 'tmp', 'usr/bin']) mkdirSync(join(root, folder), { recursive: true });
    for (const [file, to] of [
      [process.execPath, 'usr/bin/node'],
      ['/bin/sh', 'bin/sh'],
    ] as const) {
      cpSync(file, join(root, to), { dereference: true });
      for (const library of spawnSync('ldd', [file], { encoding: 'utf8' }).stdout.match(/\/\S+/g) ?? []) {
        mkdirSync(join(root, dirname(library)), { recursive: true });
        cpSync(library, join(root, library), { dereference: true });
      }
    }
    writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000::/:/bin/sh\n');
    const archive = join(this.#folder, 'root.tar');
    spawnSync('tar', ['-C', root, '-cf', archive, '.']);
    this.run('import', '--change', 'ENV PATH=/usr/bin:/bin', archive, this.image);
  }
}
