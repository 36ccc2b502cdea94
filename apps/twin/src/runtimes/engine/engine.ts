import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { UsageError, containerEngines, endWithUs, firstWorkingEngine } from '@tideline/process';

/** What a command of the engine came to. */
interface EngineResult {
  readonly exitCode: number;
  readonly stdout: string;
  /** What it printed last, of both its streams. */
  readonly lastLines: readonly string[];
}

/** docker or podman, by its command line. */
export interface Engine {
  /** Program, by name or path. */
  readonly file: string;
  /** Runs a command to its end. It does not reject. @param signal ends it before */
  run(args: readonly string[], signal?: AbortSignal): Promise<EngineResult>;
}

const keptLines = 20;
/** What a shell answers where a program is missing. */
const notFound = 127;

/** @param file program that takes docker’s commands */
const engineAt = (file: string): Engine => ({
  file,
  run: (args, signal) =>
    new Promise((resolve) => {
      const child = spawn(file, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], signal });
      endWithUs(child, 0);
      const lastLines: string[] = [];
      let stdout = '';
      const keep = (line: string): void => {
        lastLines.push(line);
        if (lastLines.length > keptLines) lastLines.shift();
      };
      createInterface(child.stdout).on('line', (line) => {
        stdout += `${line}\n`;
        keep(line);
      });
      createInterface(child.stderr).on('line', keep);
      child.once('error', ({ message }) => resolve({ exitCode: notFound, stdout, lastLines: [message] }));
      child.once('close', (code) => resolve({ exitCode: code ?? 1, stdout, lastLines }));
    }),
});

/**
 * The engine of TIDELINE_ENGINE, else the first of docker and podman that works.
 * @throws UsageError with the reason of each
 */
export async function findEngine(
  { TIDELINE_ENGINE: chosen }: Readonly<Record<string, string | undefined>>,
  at: (file: string) => Engine = engineAt,
): Promise<Engine> {
  const names: readonly string[] = chosen === undefined || chosen === '' ? containerEngines : [chosen];
  const { engine, reasons } = await firstWorkingEngine(names, async (file) => {
    const { exitCode, lastLines } = await at(file).run(['info']);
    return exitCode === notFound ? null : { exitCode, lines: lastLines };
  });
  if (engine !== null) return at(engine);
  throw new UsageError(
    'TL-TWIN-ENGINE',
    `local.container: no container engine works here (${reasons}). Install or start docker or podman, name another program in TIDELINE_ENGINE, or set local.command in place of local.container`,
  );
}
