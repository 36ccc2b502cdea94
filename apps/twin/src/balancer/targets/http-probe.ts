import { request } from 'node:http';
import type { Probe } from './health-check.ts';
import type { ProbeResult } from './target-health.ts';

/** One GET on a connection of its own, as a load balancer node makes it. The body is not read. */
export const httpProbe: Probe = ({ host, port, path, timeoutMs, signal }) =>
  new Promise<ProbeResult>((resolve) => {
    const probe = request({
      host,
      port,
      path,
      agent: false,
      headers: { host: `${host}:${port}`, 'user-agent': 'ELB-HealthChecker/2.0', connection: 'close' },
    });
    const settle = (result: ProbeResult): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abandon);
      resolve(result);
      probe.destroy();
    };
    const abandon = (): void => settle({ kind: 'failed', cause: 'the health check was stopped' });
    const timer = setTimeout(() => settle({ kind: 'timeout' }), timeoutMs);
    signal.addEventListener('abort', abandon);
    probe.on('response', (response) => settle({ kind: 'answer', status: response.statusCode ?? 0 }));
    // Stays attached after settling: destroying a request that is under way reports an error once more.
    probe.on('error', (error) => settle({ kind: 'failed', cause: error.message }));
    probe.end();
  });
