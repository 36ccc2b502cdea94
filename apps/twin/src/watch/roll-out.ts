import type { AnyFleet } from '../fleet/create-fleet.ts';
import type { BackendVersion } from '../tasks/task-runtime.ts';

/** Rolls the program out again under a new version, with the variables of the present one, as its kind of fleet does. */
export function rollOut(fleet: AnyFleet, version: string): void {
  const next = ({ variables }: BackendVersion): BackendVersion => ({ version, variables });
  switch (fleet.kind) {
    case 'service':
      fleet.deploy(next(fleet.deployments.primary.definition));
      break;
    case 'blue-green':
      fleet.deploy(next(fleet.primary.definition));
      break;
    case 'group':
      fleet.startRefresh(next(fleet.refreshes.template));
      break;
  }
}
