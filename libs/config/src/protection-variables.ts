import type { Environment } from './environment.ts';

/** The backend’s variables of its protection from scale-in, on AWS and on the twin; the endpoint itself comes from ECS’s agent. */
export const protectionVariables = ({
  container: { scaleInProtection },
}: Pick<Environment, 'container'>): Readonly<Record<string, string>> =>
  scaleInProtection.enabled
    ? { SCALE_IN_PROTECTION_MINUTES: String(scaleInProtection.expiresInMinutes) }
    : {};
