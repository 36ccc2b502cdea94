import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { TaskIdentity } from '../task-identity.ts';
import type { Tracing } from './tracing.ts';

/** Tracing where the configuration asks for it; its code is loaded only then. */
export async function openTracing(
  { tracing, basePath }: Pick<Config, 'tracing' | 'basePath'>,
  { identity, logger }: { readonly identity: TaskIdentity; readonly logger: Logger },
): Promise<Tracing | undefined> {
  if (tracing === undefined) return undefined;
  const { startTracing } = await import('./opentelemetry/start-tracing.ts');
  return startTracing({ config: tracing, basePath, identity, logger });
}
