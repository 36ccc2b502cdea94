import { parentPort, workerData } from 'node:worker_threads';
import {
  type Job,
  type JudgeInput,
  type Outcome,
  type PlanSubject,
  PolicyJudge,
  evaluate,
} from '@tideline/planner';

/** What a worker thread judges candidates on; it stays the same for the whole plan. */
export interface PlanWorkerData {
  readonly judge: JudgeInput;
  /** Of the part that is fitted. */
  readonly subject: PlanSubject;
}

export interface WorkerTask {
  readonly id: number;
  readonly job: Job;
}

export interface WorkerAnswer {
  readonly id: number;
  readonly outcome: Outcome | null;
}

/** Judges what it is sent, one job after the other. */
export function runPlanWorker(): void {
  const { judge: input, subject } = workerData as PlanWorkerData;
  const judge = new PolicyJudge(input);
  parentPort?.on('message', ({ id, job }: WorkerTask) => {
    const answer: WorkerAnswer = { id, outcome: evaluate(judge, subject, job) };
    parentPort?.postMessage(answer);
  });
}
