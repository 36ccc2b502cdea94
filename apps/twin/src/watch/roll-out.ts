import type { AnyFleet } from '../fleet/create-fleet.ts';

/** Rolls the program out again under a new version, with the variables of the present one, as its kind of fleet does. */
export function rollOut(fleet: AnyFleet, version: string): void {
  if ('refreshes' in fleet) {
    fleet.startRefresh({ version, variables: fleet.refreshes.template.variables });
    return;
  }
  const present = 'deployments' in fleet ? fleet.deployments.primary : fleet.primary;
  fleet.deploy({ version, variables: present.definition.variables });
}
