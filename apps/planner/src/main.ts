import { isMainThread, workerData } from 'node:worker_threads';

if (isMainThread) {
  const { runProgram } = await import('@tideline/process');
  const { plannerProgram } = await import('./cli/program.ts');
  process.exitCode = await runProgram(plannerProgram, process);
} else if ('simulated' in (workerData as object)) {
  const { runSimulationThread } = await import('./simulate/simulation-thread.ts');
  runSimulationThread();
} else {
  const { runPlanWorker } = await import('./plan/plan-worker.ts');
  runPlanWorker();
}
