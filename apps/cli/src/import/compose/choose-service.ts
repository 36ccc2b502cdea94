import { suggestName } from '@tideline/config';
import { importError } from '../import-error.ts';
import type { ImportDraft } from '../list/import-draft.ts';
import type { SourceNode } from '../source/source-node.ts';

/** The named service, the only one, or the only one that publishes ports. The others are left. @throws UsageError */
export function chooseService(
  draft: ImportDraft,
  file: SourceNode,
  named: string | undefined,
): { readonly name: string; readonly node: SourceNode } {
  const services = file.at('services').entries;
  const names = services.map(([name]) => name);
  if (names.length === 0)
    throw importError(
      'TL-IMPORT-SOURCE',
      'the file has no services; allowed: a Compose file with a map of services. Check that it is the right file',
    );
  const published = services.filter(([, service]) => service.at('ports').items.length > 0);
  const candidates = services.length === 1 ? services : published;
  const chosen = named === undefined ? candidates : services.filter(([name]) => name === named);
  const [first, ...more] = chosen;
  if (first === undefined || more.length > 0)
    throw importError(
      'TL-IMPORT-CHOICE',
      named === undefined
        ? `the file has ${names.length} services, and ${published.length} of them publish ports: ${names.join(', ')}. Name one with --service`
        : `there is no service ${named} in the file; ${suggestName(named, names)}`,
    );
  const [name, node] = first;
  for (const [other, service] of services)
    if (other !== name)
      draft.leave(
        service,
        'another service of the file. Import one that takes requests into a file of its own; run a database at AWS by itself',
      );
  return { name, node };
}
