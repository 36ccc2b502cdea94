import { join } from 'node:path';

interface Stack {
  readonly name: string;
  readonly dependencies: readonly string[];
  readonly synthesizedStackPath: string;
}

/** The stacks of CDKTF’s manifest.json, in the order of deployment: each after those that it depends on. */
export function stacksInOrder(manifest: string, out: string): string {
  const { stacks } = JSON.parse(manifest) as { readonly stacks: Readonly<Record<string, Stack>> };
  const all = Object.values(stacks);
  // The state depends on nothing in the manifest, and everything on it.
  const ordered = new Set(all.filter(({ name }) => name === 'state'));
  const add = (stack: Stack): void => {
    for (const other of all) if (stack.dependencies.includes(other.name)) add(other);
    ordered.add(stack);
  };
  all.forEach(add);
  const lines = [...ordered].map(({ name, dependencies, synthesizedStackPath }) => {
    const after = dependencies.length === 0 ? '' : `  after ${dependencies.join(', ')}`;
    return `  ${name.padEnd(14)} ${join(out, synthesizedStackPath)}${after}\n`;
  });
  return `The stacks, in the order of deployment:\n${lines.join('')}`;
}
