import type { AskTest } from '@tideline/evidence/test-traffic';
import { askHttp } from '@tideline/process/ask-http';
import type { HookSettings } from './hook-settings.ts';

/** Asks one address after the other, so that every node of the balancer is asked. */
export function askListener({ listener, traffic }: HookSettings, addresses: readonly string[]): AskTest {
  let asked = 0;
  return (path) => {
    const host = addresses[asked % addresses.length] ?? listener.host;
    asked += 1;
    return askHttp({
      ...{ host, port: listener.port, path, timeoutMs: traffic.responseWithinMs },
      userAgent: 'tideline-release-test',
    });
  };
}
