import { isMainThread } from 'node:worker_threads';

// The bundle is one file, so CPU threads start from it too; importing on demand keeps the web stack out of their memory.
if (isMainThread) {
  const { serve } = await import('./serve.ts');
  await serve(process.env);
} else {
  const { runCpuThread } = await import('./cpu/cpu-thread.ts');
  runCpuThread();
}
