import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const bundle = join(import.meta.dirname, '..', '..', '..', 'dist', 'apps', 'planner', 'main.mjs');

/** Runs the bundle in a folder, and interrupts it once it has said something on standard error. */
export function runBundle(
  args: readonly string[],
  { folder, interruptAfter }: { readonly folder: string; readonly interruptAfter?: string | undefined },
): Promise<{ readonly exitCode: number | null; readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [bundle, ...args], { cwd: folder });
    let stdout = '';
    let stderr = '';
    let interrupted = false;
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => {
      stderr += data.toString();
      if (interruptAfter === undefined || interrupted || !stderr.includes(interruptAfter)) return;
      interrupted = true;
      child.kill('SIGINT');
    });
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}
