import type { ReleaseRecord } from '@tideline/evidence';

export type Fault = ReleaseRecord['fault'];

/** Environment variables with which the backend goes wrong on purpose. */
export const faultVariables: Readonly<Record<Fault, Readonly<Record<string, string>>>> = {
  none: {},
  'never-healthy': { FAULTS_ALLOWED: 'true', FAULT_HEALTH: 'failing' },
  'errors-10': { FAULTS_ALLOWED: 'true', FAULT_ERROR_PERCENT: '10' },
  'resets-10': { FAULTS_ALLOWED: 'true', FAULT_RESET_PERCENT: '10' },
  slow: { FAULTS_ALLOWED: 'true', FAULT_DELAY_MILLISECONDS: '3000' },
};

export const faults = Object.keys(faultVariables) as readonly Fault[];
