import { join } from 'node:path';
import { InterruptedError, firstWorkingEngine, imageBuilders } from '@tideline/process';
import { PipelineError } from '../pipeline-error.ts';
import type { Command, RunProcess } from '../process/run-process.ts';
import type { RegistryLogin } from '../aws/image-registry.ts';
import type { StackRun } from '../stacks/stack-tool.ts';
import type { BuildSettings } from './build-content.ts';
import type { ImageSource } from './image-inputs.ts';

interface ImageBuild extends ImageSource {
  /** `<repository>:<tag>`. */
  readonly reference: string;
  /** Such as `linux/amd64`. */
  readonly platform: string;
  /** Null: the one that the Dockerfile names. */
  readonly baseImage: string | null;
  readonly login: RegistryLogin;
}

/** Builds images from bundled apps, and pushes them. */
export interface ImageTool {
  /**
   * @returns digest of what was pushed, as the engine says it; null where it says none (podman and buildah)
   * @throws PipelineError TL-PIPE-ENGINE when none works here, TL-PIPE-BASE-IMAGE when it cannot pull, TL-PIPE-IMAGE when it fails
   */
  buildAndPush(build: ImageBuild, run: StackRun): Promise<string | null>;
}

type Engine = (typeof imageBuilders)[number];

/** Builds with the first of docker, podman and buildah that works here. */
export const containerEngine = (runProcess: RunProcess): ImageTool => ({
  buildAndPush: async (build, run) => {
    const engine = await findEngine(runProcess, run.signal);
    const { reference, login } = build;
    const registry = reference.slice(0, reference.indexOf('/'));
    run.say(`building ${reference} with ${engine}`);
    const commands: readonly Command[] = [
      { file: engine, args: buildArguments(build) },
      {
        file: engine,
        args: ['login', '--username', login.username, '--password-stdin', registry],
        input: login.password,
      },
      { file: engine, args: ['push', reference] },
    ];
    let pushed: string | null = null;
    for (const command of commands) {
      const { exitCode, lines } = await runProcess(command, { signal: run.signal });
      if (exitCode === 0) {
        if (command.args[0] === 'push') pushed = pushedDigest(lines);
        continue;
      }
      if (command.args[0] === 'build' && lines.some((line) => pullFailure.test(line)))
        throw baseImageProblem(engine, build.baseImage, lines);
      throw new PipelineError(
        'TL-PIPE-IMAGE',
        `${engine} ${command.args[0] ?? ''} of ${reference} ended with ${exitCode}:\n${lines.slice(-20).join('\n')}`,
      );
    }
    return pushed;
  },
});

/** As docker ends a push: `tag1: digest: sha256:… size: 1234`. */
const pushedDigest = (lines: readonly string[]): string | null =>
  lines.map((line) => /\bdigest: (sha256:[0-9a-f]{64})\b/.exec(line)?.[1]).findLast(Boolean) ?? null;

/** How docker (BuildKit and classic), podman and buildah say that an image of the Dockerfile cannot be had. */
const pullFailure =
  /failed to resolve source metadata|failed to do request|pull access denied|manifest unknown|initializing source docker:\/\/|unable to (?:copy from source|pull) |error pulling image|creating build container: .*(?:pinging|short-name|did not resolve)/i;

function baseImageProblem(engine: Engine, baseImage: string | null, lines: readonly string[]): PipelineError {
  const image = baseImage === null ? 'the base image that the Dockerfile names' : `base image ${baseImage}`;
  const reason = lines.findLast((line) => pullFailure.test(line)) ?? '';
  return new PipelineError(
    'TL-PIPE-BASE-IMAGE',
    `${engine} works, and cannot pull ${image}: ${reason.trim()}. Let this machine reach the image’s registry, sign in to it (${engine} login), or name an image that it has or can pull: --base-image <image>`,
  );
}

const buildArguments = (image: ImageBuild): readonly string[] => [
  'build',
  ...(image.build === null ? bundleArguments(image) : contextArguments(image.build)),
  ...['--platform', image.platform],
  ...(image.baseImage === null ? [] : ['--build-arg', `BASE_IMAGE=${image.baseImage}`]),
  ...['--tag', image.reference, image.build?.context ?? '.'],
];

/** What goes into the image is bundled already, so the build needs neither npm nor the network beyond its base image. */
const bundleArguments = ({ app }: ImageBuild): readonly string[] => [
  ...['--file', join('apps', app, 'Dockerfile'), '--target', 'runtime'],
  ...['--build-context', `bundle=${join('dist', 'apps', app)}`],
];

const contextArguments = ({ context, dockerfile, target, args }: BuildSettings): readonly string[] => [
  ...['--file', join(context, dockerfile)],
  ...(target === null ? [] : ['--target', target]),
  ...Object.entries(args).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
];

async function findEngine(runProcess: RunProcess, signal: AbortSignal): Promise<Engine> {
  const { engine, reasons } = await firstWorkingEngine(imageBuilders, async (file) => {
    try {
      return await runProcess({ file, args: ['info'] }, { signal });
    } catch (error) {
      if (error instanceof InterruptedError) throw error;
      return null;
    }
  });
  if (engine !== null) return engine;
  throw new PipelineError(
    'TL-PIPE-ENGINE',
    `an image has to be built, and no container engine works here (${reasons}). Install or start one of them, or run this where one is`,
  );
}
