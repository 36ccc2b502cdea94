import { formatCount } from '../record/quantity.ts';
import type { Check, KeptFigures } from '../record/run-record.ts';

/** Views were counted 1, 2, 3 … across instances, and every task and file came back as it was put, whichever instances were gone. */
export function sessionsKept(kept: KeptFigures): Check {
  const name = 'sessions-kept';
  const expected =
    'each view is one more than the last, each list and each file as it was put, at the end of the run too';
  if ('unreadable' in kept)
    return { name, passed: false, observed: `the sessions could not be read: ${kept.unreadable}`, expected };
  const { sessions, views, lists, files, wrong, firstWrong } = kept;
  const compared = `${formatCount(views)} views, ${formatCount(lists)} task lists and ${formatCount(files)} files of ${formatCount(sessions)} sessions compared`;
  return {
    name,
    passed: wrong === 0 && sessions > 0,
    observed:
      wrong === 0
        ? `${compared}, all of them right`
        : `${compared}, ${formatCount(wrong)} of them wrong; the first: ${firstWrong ?? 'unknown'}`,
    expected,
  };
}
