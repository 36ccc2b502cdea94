import { problem } from '../http/problem.ts';
import { incomingOf, type Route } from '../http/route.ts';
import type { Faults } from './fault-variables.ts';

const checkPaths: readonly string[] = ['/health', '/ready'];

/** The same routes, going wrong as asked; unchanged where nothing is to go wrong. */
export function withFaults(
  routes: readonly Route[],
  { faults, delay }: { readonly faults: Faults | undefined; readonly delay: (ms: number) => Promise<void> },
): readonly Route[] {
  if (faults === undefined) return routes;
  const failsNow = everySoOften(faults.errorPercent);
  const resetsNow = everySoOften(faults.resetPercent);
  const injected = () => problem('internal', 'This release was asked to fail.');
  return routes.map((route): Route => {
    if (checkPaths.includes(route.path)) return faults.failsHealth ? { ...route, handle: injected } : route;
    return {
      ...route,
      handle: async (input, context) => {
        if (faults.delayMs > 0) await delay(faults.delayMs);
        const isReset = resetsNow();
        // What is answered after this gets to nobody.
        if (isReset) incomingOf(context)?.socket.destroy();
        return isReset || failsNow() ? injected() : route.handle(input, context);
      },
    };
  });
}

/** True for this share of its calls, as evenly spread as whole calls allow. */
function everySoOften(percent: number): () => boolean {
  let owed = 0;
  return () => {
    owed += percent;
    if (owed < 100) return false;
    owed -= 100;
    return true;
  };
}
