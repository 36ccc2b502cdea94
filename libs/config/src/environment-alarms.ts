import type { AlarmFacts, ScalingAlarm } from './alarms/alarm-facts.ts';
import { managedScaling } from './alarms/managed-scaling.ts';
import { releaseAlarms } from './alarms/release-alarms.ts';
import { serviceAlarms } from './alarms/service-alarms.ts';
import { sessionAlarms } from './alarms/session-alarms.ts';
import { trackingAlarms } from './alarms/tracking-alarms.ts';
import { capacityFacts } from './compute/compute-kinds.ts';
import type { Environment } from './environment.ts';
import { policySetAlarms } from './policies/policy-kinds.ts';

/** Every alarm of an environment, by what it is for. */
export interface EnvironmentAlarms {
  /** Set off scaling policies. */
  readonly scaling: readonly ScalingAlarm[];
  /** Set off managed scaling of the instances that tasks run on. */
  readonly managedScaling: readonly ScalingAlarm[];
  /** Reported to people. */
  readonly service: readonly AlarmFacts[];
  /** Roll a release back. */
  readonly release: readonly AlarmFacts[];
}

/** The one list of alarms: templates, the twin, the dashboard and the cost estimate read it, and count no alarms themselves. */
export function environmentAlarms(environment: Environment): EnvironmentAlarms {
  const { containerInstances } = capacityFacts(environment);
  return {
    scaling: policySetAlarms(environment),
    managedScaling:
      containerInstances === null ? [] : trackingAlarms(managedScaling(environment, containerInstances)),
    service: [...serviceAlarms(environment), ...sessionAlarms(environment)],
    release: releaseAlarms(environment),
  };
}
