import { loadRunnerContainerName } from '@tideline/config';
import type { TaskLog } from '../aws/task-log.ts';
import type { Clock } from '../clock.ts';

/** CloudWatch Logs has the last lines of a task some seconds after its end. */
const settleMs = 1_000;
const longestSettleMs = 15_000;
const quietReads = 3;

/** What a task writes, as it comes. */
export class LogTail {
  readonly lines: string[] = [];
  readonly #log: TaskLog;
  readonly #stream: { readonly group: string; readonly name: string };
  readonly #say: (line: string) => void;
  #next: string | null = null;

  constructor(
    log: TaskLog,
    of: { readonly group: string; readonly taskArn: string; readonly say: (line: string) => void },
  ) {
    this.#log = log;
    // The awslogs driver names it so: the prefix of the task definition, the container, the task.
    const taskId = of.taskArn.slice(of.taskArn.lastIndexOf('/') + 1);
    this.#stream = { group: of.group, name: `task/${loadRunnerContainerName}/${taskId}` };
    this.#say = of.say;
  }

  /** Passes on what has come since. @returns how many lines */
  async next(): Promise<number> {
    const { lines, next } = await this.#log.read(this.#stream, this.#next);
    this.#next = next ?? this.#next;
    this.lines.push(...lines);
    for (const line of lines) this.#say(`| ${line}`);
    return lines.length;
  }

  /** Reads on after the task’s end, until nothing has come for some reads. */
  async drain(clock: Clock): Promise<void> {
    const { signal } = new AbortController();
    const startMs = clock.nowMs();
    let quiet = 0;
    while (quiet < quietReads && clock.nowMs() - startMs < longestSettleMs) {
      quiet = (await this.next()) === 0 ? quiet + 1 : 0;
      await clock.wait(settleMs, signal);
    }
  }
}
