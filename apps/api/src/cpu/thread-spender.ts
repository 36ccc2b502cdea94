import type { StartSpender } from './cpu-pool.ts';
import { startCpuThread } from './cpu-job.ts';

/** A spender on a worker thread. The thread keeps no process alive: the server does that. */
export const startThreadSpender: StartSpender = ({ onDone, onFailed }) => {
  const worker = startCpuThread({ kind: 'on-demand' });
  let failure: Error | undefined;
  worker.unref();
  worker.on('message', onDone);
  worker.on('error', (error) => {
    failure = error;
  });
  worker.on('exit', (code) => onFailed(failure ?? new Error(`CPU thread exited with code ${code}`)));
  return {
    spend: (cpuMs) => worker.postMessage(cpuMs),
    close: () => void worker.terminate(),
  };
};
