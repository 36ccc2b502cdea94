import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { importCompose } from '../../src/import/compose/import-compose.ts';
import { importCopilot } from '../../src/import/copilot/import-copilot.ts';
import { type EcsSources, importEcs } from '../../src/import/ecs/import-ecs.ts';
import type { Imported } from '../../src/import/list/import-draft.ts';
import { SourceNode } from '../../src/import/source/source-node.ts';

export type Document = Readonly<Record<string, unknown>>;

/** A source with its further files, and how it is imported. */
export interface Source {
  readonly title: string;
  readonly documents: readonly Document[];
  readonly convert: (documents: readonly Document[]) => Imported;
  /** Paths that no field of a description is known to correspond to. */
  readonly unknown?: readonly string[];
}

export const fixture = (name: string): string => join(import.meta.dirname, name);
export const document = (name: string): Document =>
  parse(readFileSync(fixture(name), 'utf8'), { merge: true }) as Document;

const copilot = (name: string, options = {}, unknown: readonly string[] = []): Source => ({
  title: `copilot ${name} ${JSON.stringify(options)}`,
  documents: [document(`copilot/${name}`)],
  convert: ([manifest]) => importCopilot(SourceNode.of(manifest), options),
  unknown,
});

const compose = (name: string, unknown: readonly string[] = []): Source => ({
  title: `compose ${name}`,
  documents: [document(`compose/${name}`)],
  convert: ([file]) => importCompose(SourceNode.of(file), {}),
  unknown,
});

type Answer = Exclude<keyof EcsSources, 'taskDefinition'>;

const ecs = (name: string, answers: Readonly<Partial<Record<Answer, string>>> = {}): Source => ({
  title: `ecs ${name} ${Object.keys(answers).join(' ')}`,
  documents: [name, ...Object.values(answers)].map((file) => document(`ecs/${file}.json`)),
  convert: ([taskDefinition, ...others]) =>
    importEcs(
      {
        taskDefinition: SourceNode.of(taskDefinition),
        ...Object.fromEntries(
          Object.keys(answers).map((answer, index) => [answer, SourceNode.of(others[index])]),
        ),
      },
      {},
    ),
});

/** Realistic sources of every kind. */
export const sources: readonly Source[] = [
  copilot('storefront.yml'),
  copilot('storefront.yml', { env: 'prod', region: 'eu-west-1', account: '123456789012' }),
  copilot('frontend.yml'),
  copilot('frontend.yml', { env: 'staging' }),
  copilot('worker-api.yml', {}, ['something_new']),
  compose('shop.yaml'),
  compose('whoami.yaml'),
  compose('api.yaml', ['services.api.surprise']),
  ecs('orders.task-definition', {
    service: 'orders.services',
    targets: 'orders.scalable-targets',
    policies: 'orders.scaling-policies',
  }),
  ecs('orders.task-definition', {
    service: 'orders.services',
    targetGroups: 'orders.target-groups',
    targetGroupAttributes: 'orders.target-group-attributes',
  }),
  ecs('billing.task-definition', {
    targets: 'billing.scalable-targets',
    policies: 'billing.scaling-policies',
    alarms: 'billing.alarms',
    scheduledActions: 'billing.scheduled-actions',
  }),
  ecs('billing.task-definition', {
    targets: 'billing.scalable-targets',
    policies: 'billing.scaling-policies',
  }),
  ecs('hello.task-definition'),
];

/** A scalar of a document: which document, the keys to it, its path as the list writes it. */
export interface Leaf {
  readonly at: number;
  readonly keys: readonly (string | number)[];
  readonly path: string;
  readonly value: unknown;
}

/** Every scalar of the documents. */
export const leavesOf = (documents: readonly Document[]): readonly Leaf[] =>
  documents.flatMap((one, at) => {
    const tree = SourceNode.of(one);
    const walk = (value: unknown, keys: readonly (string | number)[]): readonly Leaf[] => {
      if (typeof value !== 'object' || value === null)
        return [{ at, keys, value, path: tree.at(...keys).path }];
      return Array.isArray(value)
        ? value.flatMap((item, index) => walk(item, [...keys, index]))
        : Object.entries(value).flatMap(([key, item]) => walk(item, [...keys, key]));
    };
    return walk(one, []);
  });

/** The documents with another value in one place; `undefined` takes it away. */
export function withValue(
  documents: readonly Document[],
  { at, keys }: Leaf,
  value: unknown,
): readonly Document[] {
  const copy = structuredClone(documents) as unknown as Record<string | number, unknown>[];
  let parent = copy[at]!;
  for (const key of keys.slice(0, -1)) parent = parent[key] as Record<string | number, unknown>;
  const last = keys.at(-1) ?? '';
  if (value !== undefined) parent[last] = value;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else Reflect.deleteProperty(parent, last);
  return copy;
}
