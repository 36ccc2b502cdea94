import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { updateProtection } from './agent-endpoint.ts';
import { type ScaleInProtection, TaskProtection, noScaleInProtection } from './scale-in-protection.ts';

/** The protection that the configuration asks for, where there is an agent of ECS to ask. */
export function openProtection(
  { ecsAgentUri, scaleInProtectionMinutes }: Pick<Config, 'ecsAgentUri' | 'scaleInProtectionMinutes'>,
  logger: Pick<Logger, 'warn'>,
): ScaleInProtection {
  if (ecsAgentUri === undefined || scaleInProtectionMinutes === undefined) return noScaleInProtection;
  return new TaskProtection({
    expiresInMinutes: scaleInProtectionMinutes,
    update: (change) => updateProtection(ecsAgentUri, change),
    every: (ms, renew) => {
      const timer = setInterval(renew, ms).unref();
      return { stop: () => clearInterval(timer) };
    },
    onRefused: (reason, change) =>
      logger.warn({ err: reason, change }, 'the task’s protection from scale-in stays as it was'),
  });
}
