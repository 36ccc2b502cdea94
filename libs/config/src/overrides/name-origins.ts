import type { Problem } from '../configuration-error.ts';
import { fieldOf } from '../schema/schema-node.ts';
import { type Draft, isWithin } from './draft.ts';

/** Adds to a problem which settings wrote the fields that it is about. */
export function nameOrigins(problem: Problem, draft: Draft): Problem {
  const path = byIndex(problem.path, draft.document);
  const origins = [...draft.origins]
    .filter(([written]) => path !== '' && (isWithin(written, path) || isWithin(path, written)))
    .map(([, origin]) => origin);
  return origins.length === 0
    ? problem
    : { ...problem, message: `${problem.message}. From ${[...new Set(origins)].join(', ')}` };
}

/** `scaling.policies.cpu.metric` as `scaling.policies.1.metric`, which is how origins are kept. */
function byIndex(path: string, document: unknown): string {
  let value = document;
  return path
    .split('.')
    .map((part) => {
      const index = Array.isArray(value) ? value.findIndex((item) => fieldOf(item, 'name') === part) : -1;
      const key = index === -1 ? part : String(index);
      value = fieldOf(value, key);
      return key;
    })
    .join('.');
}
