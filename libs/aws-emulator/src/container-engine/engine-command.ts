import { putImage } from './put-image.ts';

/** What the stand-in’s commands work with. */
export interface EngineParts {
  /** Builds with a real engine. @returns its exit code; null where none works */
  readonly build: (args: readonly string[]) => Promise<number | null>;
  /** References that were built. */
  readonly images: {
    readonly add: (references: readonly string[]) => Promise<void>;
    readonly has: (reference: string) => Promise<boolean>;
  };
  /** Sends a request to the emulator. */
  readonly request: (request: Request) => Promise<Response>;
  /** The emulator’s endpoint. */
  readonly url: string;
}

export interface EngineAnswer {
  readonly exitCode: number;
  /** For standard error. */
  readonly message: string;
}

const done = (message = ''): EngineAnswer => ({ exitCode: 0, message });

/**
 * Does what the emulator’s `docker` was asked to. `build` goes to a real engine where one works, and is only recorded
 * elsewhere; `push` registers the tag in the emulator’s ECR and sends no layer anywhere; `info` and `login` succeed.
 */
export async function runEngineCommand(args: readonly string[], parts: EngineParts): Promise<EngineAnswer> {
  const [command = '', ...rest] = args;
  switch (command) {
    case 'info':
    case 'login':
      return done();
    case 'build':
      return build(rest, parts);
    case 'push':
      return push(rest, parts);
    default:
      return {
        exitCode: 2,
        message: `the emulator’s docker: got "${command}"; allowed: info, build, login, push. For a real docker use a shell without the emulator’s variables`,
      };
  }
}

async function build(args: readonly string[], { build, images }: EngineParts): Promise<EngineAnswer> {
  const tags = args.filter((_, index) => args[index - 1] === '--tag');
  if (tags.length === 0)
    return { exitCode: 2, message: 'build: no --tag; give one, such as --tag repository:1' };
  const exitCode = await build(['build', ...args]);
  if (exitCode !== null && exitCode !== 0) return { exitCode, message: '' };
  await images.add(tags);
  return done(
    exitCode === null
      ? `built nothing (no container engine works here, or EMULATOR_IMAGES=recorded): recorded ${tags.join(', ')}`
      : '',
  );
}

async function push([reference = '']: readonly string[], parts: EngineParts): Promise<EngineAnswer> {
  if (!(await parts.images.has(reference)))
    return { exitCode: 1, message: `push: got "${reference}", which was not built here` };
  const problem = await putImage(reference, parts);
  if (problem !== null) return { exitCode: 1, message: `push: ${problem}` };
  return done(`registered ${reference} in the emulator; no layer was sent anywhere`);
}
