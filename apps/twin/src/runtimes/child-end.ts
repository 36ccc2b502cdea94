import type { ChildProcess } from 'node:child_process';
import type { TaskExit } from '../tasks/task-runtime.ts';

export const endOf = (child: ChildProcess): Promise<TaskExit> =>
  new Promise((resolve) => {
    // 'exit', not 'close': the sooner a dead task leaves rotation, the fewer requests go to it.
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: null, signal: null }));
  });

export const endWords = ({ code, signal }: TaskExit): string => signal ?? `exit code ${code ?? 'unknown'}`;
