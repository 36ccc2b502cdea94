import type { Interrupted, JournalEntry } from './release-journal.ts';

/** What a service starts with after an interruption: the version that it was when its twin ended. */
export const versionToResume = ({ status, from, to }: JournalEntry): JournalEntry['from'] =>
  status === 'Ready' ? to : from;

/** Says where the release stood, and what the service starts with. */
export function explainInterruption({ entry, record }: Interrupted): string {
  const { deployment, status, from, to, percent } = entry;
  const resumed = versionToResume(entry);
  const why =
    status === 'Ready'
      ? `all traffic had moved, so version ${to.version} is the service`
      : `not all traffic had moved, so version ${from.version} is still the service`;
  return `The last twin ended in the middle of deployment ${deployment} (${status}): version ${from.version} had ${100 - percent} % of the traffic and version ${to.version} ${percent} %. ${sentence(why)}: starting version ${resumed.version} with all of the traffic; the deployment is not taken up again. Kept in ${record}.`;
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
