import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  const { runProgram } = await import('@tideline/process');
  const { plannerProgram } = await import('./cli/program.ts');
  process.exitCode = await runProgram(plannerProgram, process);
} else {
  const { runPlanWorker } = await import('./plan/plan-worker.ts');
  runPlanWorker();
}
