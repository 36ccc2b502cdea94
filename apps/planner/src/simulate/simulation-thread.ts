import { once } from 'node:events';
import { Worker, parentPort, workerData } from 'node:worker_threads';
import { type Simulated, type SimulationDocument, simulationDocument } from './simulation-document.ts';

/** Steps up to which a simulation is over before a person could interrupt it. */
const shortSteps = 200_000;

/** Simulates in a thread of its own where it takes long: a thread that is busy hears no signal. */
export async function simulatedApart(simulated: Simulated): Promise<SimulationDocument> {
  if (simulated.trace.requestsPerSecond.length <= shortSteps) return simulationDocument(simulated);
  const worker = new Worker(new URL('main.mjs', import.meta.url), { workerData: { simulated } });
  const [document] = (await once(worker, 'message')) as [SimulationDocument];
  await worker.terminate();
  return document;
}

/** What the thread does. */
export function runSimulationThread(): void {
  const { simulated } = workerData as { readonly simulated: Simulated };
  parentPort?.postMessage(simulationDocument(simulated));
}
