import { messageOf } from '@tideline/process';
import type { AnyFleet } from '../fleet/create-fleet.ts';
import { rollOut } from './roll-out.ts';
import { SourceWatch } from './source-watch.ts';

const shownFiles = 3;

/** Deploys the program again whenever files of its folder are saved. @returns how to end that */
export function deployOnSave(
  fleet: AnyFleet,
  { folder, say }: { readonly folder: string; readonly say: (line: string) => void },
): () => void {
  let saves = 0;
  const watch = new SourceWatch({
    folder,
    onProblem: say,
    onChange: (files) => {
      const version = `saved-${(saves += 1)}`;
      const more = files.length > shownFiles ? ` and ${files.length - shownFiles} more` : '';
      const what = `${files.slice(0, shownFiles).join(', ')}${more}`;
      try {
        rollOut(fleet, version);
        say(`saved ${what}: deploying version ${version}`);
      } catch (error) {
        // A release or a refresh under way is not put aside for the next one.
        say(`saved ${what}: not deployed, ${messageOf(error)}. Save again once it has ended`);
      }
    },
  });
  return () => watch.close();
}
