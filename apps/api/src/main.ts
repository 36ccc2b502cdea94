import { isMainThread, workerData } from 'node:worker_threads';
import type { CpuJob } from './cpu/cpu-job.ts';
import type { ExportJob } from './tracing/opentelemetry/export-job.ts';

// The bundle is one file, so its threads start from it too; importing on demand keeps the web stack out of their memory.
if (isMainThread) {
  const { serve } = await import('./serve.ts');
  await serve(process.env);
} else {
  // Only this bundle starts threads from it, and each gets a job.
  const job = workerData as CpuJob | ExportJob;
  if (job.kind === 'export') {
    const { runExportThread } = await import('./tracing/opentelemetry/export-thread.ts');
    runExportThread(job);
  } else {
    const { runCpuThread } = await import('./cpu/cpu-thread.ts');
    runCpuThread(job);
  }
}
