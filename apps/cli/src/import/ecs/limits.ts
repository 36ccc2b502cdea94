import type { ImportDraft } from '../list/import-draft.ts';
import { leaveFields } from '../shared/left-fields.ts';
import { putDropped, putOpenFiles } from '../shared/limits.ts';
import { flag } from '../source/readers.ts';
import type { SourceNode } from '../source/source-node.ts';

/** Converts `linuxParameters` and `ulimits`. */
export function convertLimits(draft: ImportDraft, container: SourceNode): void {
  const linux = container.at('linuxParameters');
  draft.take(linux.at('initProcessEnabled'), 'container.linux.initProcessEnabled', flag);
  putDropped(draft, linux.at('capabilities', 'drop'));
  for (const one of linux.at('capabilities', 'add').items)
    draft.leave(one, 'a container gets no capabilities beyond Docker’s own');
  leaveFields(draft, linux, {
    devices: 'no devices are described',
    tmpfs: 'no tmpfs is described',
    sharedMemorySize: '/dev/shm has the platform’s size',
    maxSwap: 'tasks do not swap',
    swappiness: 'tasks do not swap',
  });
  for (const limit of container.at('ulimits').items) {
    if (limit.at('name').text === 'nofile') {
      draft.hold(limit.at('name'), 'container.linux.openFiles');
      putOpenFiles(draft, limit.at('softLimit'), limit.at('hardLimit'));
    } else draft.leave(limit, 'container.linux.openFiles (nofile) is the one limit of a description');
  }
}
