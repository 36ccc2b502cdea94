import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { findExecutable } from '@tideline/process';
import { workspaceRoot } from './workflow.ts';

/** npm’s cache, which `npm ci` filled. */
const npmCache = spawnSync('npm', ['config', 'get', 'cache'], { encoding: 'utf8' }).stdout.trim();

/** What building and pushing for real needs and this machine lacks. */
export const missingForImages = [
  ...['podman', 'runc', 'docker-registry', 'npm', 'tar', 'ldd'].filter(
    (tool) => findExecutable(tool, searchPath()) === undefined,
  ),
  // Without it the engine would have to give its containers users of their own, for which each machine is set up differently.
  ...(process.getuid?.() === 0 ? [] : ['root']),
  ...(existsSync(join(npmCache, '_cacache', 'content-v2')) ? [] : ['a cache of npm']),
];

function searchPath(): string {
  return `${process.env.PATH ?? ''}:/usr/sbin:/sbin`;
}

const found = (tool: string): string => findExecutable(tool, searchPath()) ?? tool;

/**
 * A container engine with a store of its own, a base image made from this machine’s Node, and a registry on the loopback
 * interface: images are built and pushed with nothing from elsewhere. Packages come from npm’s cache, which `npm ci` filled.
 */
export class ImageWorkshop {
  readonly baseImage = 'localhost/node-of-this-machine:1';
  /** Where images are pushed to, `127.0.0.1:<port>`. */
  readonly registry: string;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(folder: string, registry: string, child: ChildProcess) {
    this.#folder = folder;
    this.registry = registry;
    this.#process = child;
  }

  static async start(): Promise<ImageWorkshop> {
    const folder = mkdtempSync(join(tmpdir(), 'tideline-images-'));
    const child = spawn(found('docker-registry'), ['serve', registryConfiguration(folder)], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const registry = await listeningAddress(child);
    const workshop = new ImageWorkshop(folder, registry, child);
    writeEngine(folder, registry);
    workshop.#importBase();
    return workshop;
  }

  /** The engine, as a program on no search path. */
  get podman(): string {
    return join(this.#folder, 'bin', 'podman');
  }

  /** Runs the engine from the root of the repository. @throws Error with what it printed */
  run(...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync(this.podman, args, { cwd: workspaceRoot, encoding: 'utf8' });
    if (status !== 0) throw new Error(`podman ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
    return stdout.trim();
  }

  async close(): Promise<void> {
    this.#process.kill('SIGTERM');
    await once(this.#process, 'exit');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #importBase(): void {
    const root = join(this.#folder, 'root');
    for (const folder of ['bin', 'etc', 'root', 'tmp', 'usr/bin', 'usr/lib/node_modules'])
      mkdirSync(join(root, folder), { recursive: true });
    chmodSync(join(root, 'tmp'), 0o1777);
    copyProgram(process.execPath, join(root, 'usr/bin/node'), root);
    for (const tool of ['sh', 'env']) copyProgram(found(tool), join(root, 'usr/bin', tool), root);
    symlinkSync('../usr/bin/sh', join(root, 'bin/sh'));
    const npm = join(dirname(spawnSync('readlink', ['-f', found('npm')], { encoding: 'utf8' }).stdout), '..');
    cpSync(npm, join(root, 'usr/lib/node_modules/npm'), { recursive: true });
    symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(root, 'usr/bin/npm'));
    writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/:/bin/sh\n');
    writeFileSync(
      join(root, 'root/.npmrc'),
      'offline=true\ncache=/npm-cache\nlogs-max=0\nupdate-notifier=false\n',
    );
    const archive = join(this.#folder, 'root.tar');
    spawnSync(found('tar'), ['-C', root, '-cf', archive, '.']);
    this.run('import', '--change', 'ENV PATH=/usr/bin:/bin', archive, this.baseImage);
  }
}

/** Copies a program with the libraries that the dynamic loader would give it. */
function copyProgram(file: string, to: string, root: string): void {
  cpSync(file, to, { dereference: true });
  const { stdout } = spawnSync('ldd', [file], { encoding: 'utf8' });
  for (const library of new Set(stdout.match(/\/\S+/g))) {
    mkdirSync(join(root, dirname(library)), { recursive: true });
    cpSync(library, join(root, library), { dereference: true });
  }
}

function registryConfiguration(folder: string): string {
  const file = join(folder, 'registry.yml');
  writeFileSync(
    file,
    `version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: ${join(folder, 'registry')}\nhttp:\n  addr: 127.0.0.1:0\n`,
  );
  return file;
}

async function listeningAddress({ stderr }: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: stderr! })) {
    const address = /listening on (127\.0\.0\.1:\d+)/.exec(line)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error('the registry ended before it listened');
}

/**
 * What the engine is run with. Machines of continuous integration are often containers themselves: no layers to mount, no
 * network of its own for a container, and the limits of the machine for its processes. Nothing of the user’s own is touched.
 */
function writeEngine(folder: string, registry: string): void {
  mkdirSync(join(folder, 'bin'));
  const cache = copyCache(folder);
  const files = {
    'containers.conf': `[containers]\nnetns = "host"\ndefault_ulimits = ["nofile=1024:1024", "nproc=1000:1000"]\nvolumes = ["${cache}:/npm-cache"]\n[engine]\nruntime = "runc"\ncgroup_manager = "cgroupfs"\n`,
    'storage.conf': `[storage]\ndriver = "vfs"\ngraphroot = "${join(folder, 'graph')}"\nrunroot = "${join(folder, 'run')}"\n`,
    'registries.conf': `[[registry]]\nlocation = "${registry}"\ninsecure = true\n`,
    'bin/podman': `#!/bin/sh
export CONTAINERS_CONF='${folder}/containers.conf' CONTAINERS_STORAGE_CONF='${folder}/storage.conf'
export CONTAINERS_REGISTRIES_CONF='${folder}/registries.conf' REGISTRY_AUTH_FILE='${folder}/auth.json'
export BUILDAH_ISOLATION=chroot BUILDAH_LAYERS=false PATH="$PATH:/usr/sbin:/sbin"
exec '${found('podman')}' "$@"
`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  chmodSync(join(folder, 'bin/podman'), 0o755);
}

/** npm’s cache, for npm to write beside: contents are linked, since nothing changes them, and their index is copied. */
function copyCache(folder: string): string {
  const copy = join(folder, 'npm-cache');
  mkdirSync(join(copy, '_cacache'), { recursive: true });
  for (const [part, how] of [
    ['content-v2', '-al'],
    ['index-v5', '-a'],
  ] as const) {
    const args = (flags: string) => [flags, join(npmCache, '_cacache', part), join(copy, '_cacache')];
    if (spawnSync('cp', args(how)).status !== 0) spawnSync('cp', args('-a'));
  }
  return copy;
}
