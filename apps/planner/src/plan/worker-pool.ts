import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Job, Outcome } from '@tideline/planner';
import type { PlanWorkerData, WorkerAnswer, WorkerTask } from './plan-worker.ts';

/** More threads than this gain nothing: a search judges 48 candidates at once. */
const mostWorkers = 16;
/** Jobs that a thread is given ahead, so that it never waits for the next. */
const ahead = 2;

interface Waiting {
  readonly job: Job;
  readonly settle: (outcome: Outcome | null) => void;
}

/** Judges candidates on all cores. */
export class WorkerPool {
  readonly #workers: readonly Worker[];
  readonly #queue: Waiting[] = [];
  readonly #running = new Map<number, Waiting>();
  readonly #load = new Map<Worker, number>();
  #lastId = 0;
  #fail: (error: Error) => void = () => undefined;

  /** @param file program whose threads run `runPlanWorker` */
  constructor(file: URL, data: PlanWorkerData) {
    const count = Math.max(1, Math.min(mostWorkers, availableParallelism()));
    this.#workers = Array.from({ length: count }, () => new Worker(file, { workerData: data }));
    for (const worker of this.#workers) {
      this.#load.set(worker, 0);
      worker.on('message', (answer: WorkerAnswer) => this.#take(worker, answer));
      worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
    }
  }

  /** Outcomes in the order of the jobs. Rejects when a thread fails. One call at a time. */
  evaluateAll(jobs: readonly Job[]): Promise<readonly (Outcome | null)[]> {
    return new Promise((resolve, reject) => {
      this.#fail = reject;
      const outcomes: (Outcome | null)[] = Array.from(jobs, () => null);
      let left = jobs.length;
      if (left === 0) resolve(outcomes);
      jobs.forEach((job, index) => {
        const settle = (outcome: Outcome | null): void => {
          outcomes[index] = outcome;
          left -= 1;
          if (left === 0) resolve(outcomes);
        };
        this.#queue.push({ job, settle });
      });
      for (const worker of this.#workers) this.#feed(worker);
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #feed(worker: Worker): void {
    let load = this.#load.get(worker) ?? 0;
    for (; load < ahead; load += 1) {
      const next = this.#queue.shift();
      if (next === undefined) break;
      this.#lastId += 1;
      this.#running.set(this.#lastId, next);
      const task: WorkerTask = { id: this.#lastId, job: next.job };
      worker.postMessage(task);
    }
    this.#load.set(worker, load);
  }

  #take(worker: Worker, { id, outcome }: WorkerAnswer): void {
    const waiting = this.#running.get(id);
    this.#running.delete(id);
    this.#load.set(worker, (this.#load.get(worker) ?? 1) - 1);
    this.#feed(worker);
    waiting?.settle(outcome);
  }
}
