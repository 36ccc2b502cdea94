import { assumptionRemarks } from '../src/assumption-remarks.ts';
import { type AssumptionCode, assumptionCodes } from '../src/codes/assumption-codes.ts';
import { deploymentCodes } from '../src/codes/deployment-codes.ts';
import { errorCodes } from '../src/codes/error-codes.ts';
import type { CodeEntry } from '../src/codes/problem-code.ts';
import { warningCodes } from '../src/codes/warning-codes.ts';
import { capacityFacts } from '../src/compute/compute-kinds.ts';
import { deploymentVariables } from '../src/deployment-variables.ts';
import { egressPrice } from '../src/prices/egress-price.ts';
import type { LoadProfile, LoadStage } from '../src/environment.ts';
import { policyKind } from '../src/policies/policy-kinds.ts';
import { loadProfile, loadProfileNames, presetInput, presetNames } from '../src/presets/presets.ts';
import { resolveEnvironment } from '../src/resolve/resolve-environment.ts';
import { loadProfileSchema } from '../src/schema/load-profile.ts';
import { type SchemaNode, environmentSchemaNode, schemaNode } from '../src/schema/schema-node.ts';
import { stackOutputSchemas } from '../src/stack-outputs.ts';
import { type FieldRow, fieldRows } from '../src/schema/field-rows.ts';
import { code, table } from './markdown-table.ts';

/** The generated sections of docs/reference/configuration.md, by the name in their markers. */
export const configurationSections = (): Readonly<Record<string, string>> => ({
  presets: presetTable(),
  profiles: profileTable(),
  environment: environmentTables(),
  egress: egressTable(),
  'deployment-variables': deploymentVariableTable(),
  policies: policyTables(),
  'load-profile': fieldTable(fieldRows(schemaNode(loadProfileSchema), '')),
  errors: codeTable(errorCodes),
  warnings: codeTable(warningCodes),
  'deployment-errors': codeTable(deploymentCodes),
  outputs: outputTable(),
  assumptions: assumptionTable(),
});

const marker = (name: string): RegExp =>
  new RegExp(`(<!-- generated: ${name} -->\n)[\\s\\S]*?(\n<!-- end of ${name} -->)`);

/** A document of docs/reference with its generated sections written anew. @throws Error when a section has no markers. */
export function withSections(document: string, sections: Readonly<Record<string, string>>): string {
  return Object.entries(sections).reduce((text, [name, section]) => {
    if (!marker(name).test(text))
      throw new Error(
        `the document has no markers "<!-- generated: ${name} -->" and "<!-- end of ${name} -->"`,
      );
    return text.replace(marker(name), (_all, begin: string, end: string) => `${begin}\n${section}\n${end}`);
  }, document);
}

const fieldTable = (rows: readonly FieldRow[]): string =>
  table(
    ['Field', 'Allowed', 'Default', 'Meaning'],
    rows.map((row) => [
      code(row.path),
      row.allowed.replace(/matches (.+)$/, 'matches `$1`').replaceAll(/"[^"]*"/g, code),
      /^[a-z]/.test(row.default) &&
      row.default !== 'true' &&
      row.default !== 'false' &&
      row.default !== 'null'
        ? row.default
        : code(row.default),
      row.meaning,
    ]),
  );

function environmentTables(): string {
  const { properties = {}, required = [] } = environmentSchemaNode();
  const fields = Object.entries(properties);
  const isGroup = ([, node]: readonly [string, SchemaNode]): boolean =>
    node.properties !== undefined || node.oneOf !== undefined;
  const single = fields.filter((field) => !isGroup(field));
  const top = fieldRows({ properties: Object.fromEntries(single), required }, '');
  const groups = fields.filter(isGroup).map(([name, node]) => {
    // Policies have tables of their own.
    const rows = fieldRows(node, name).filter(({ path }) => path !== 'scaling.policies');
    return `### ${code(name)}\n\n${fieldTable(rows)}`;
  });
  return [`### Top level\n\n${fieldTable(top)}`, ...groups].join('\n\n');
}

function policyTables(): string {
  const policies = environmentSchemaNode().properties?.scaling?.properties?.policies;
  return (policies?.items?.oneOf ?? [])
    .map((member) => {
      const type = String(member.properties?.type?.const);
      return `### ${code(type)}\n\n${fieldTable(fieldRows(member, ''))}`;
    })
    .join('\n\n');
}

const codeTable = (entries: Readonly<Record<string, CodeEntry>>): string =>
  table(
    ['Code', 'Meaning', 'What to do'],
    Object.entries(entries).map(([name, { meaning, fix }]) => [code(name), meaning, fix]),
  );

function assumptionTable(): string {
  // No preset has all: what is assumed of tasks and what of instances exclude each other.
  const all = presetNames.flatMap((name) => assumptionRemarks(resolveEnvironment(presetInput(name))));
  const remarks = (Object.keys(assumptionCodes) as AssumptionCode[]).flatMap(
    (name) => all.find(({ code: found }) => found === name) ?? [],
  );
  return table(
    ['Code', 'What is assumed', 'Setting', 'As it stands by default'],
    remarks.map((remark) => {
      const { meaning, setting } = assumptionCodes[remark.code];
      return [
        code(remark.code),
        meaning,
        setting.startsWith('none') ? setting : code(setting),
        remark.message,
      ];
    }),
  );
}

function egressTable(): string {
  const choices = ['endpoints', 'nat'] as const;
  return table(
    ['`network.egress`', 'Made of', 'USD a month', 'USD per GB'],
    choices.map((egress) => {
      const environment = resolveEnvironment({ ...presetInput('load-driven'), network: { egress } });
      const { monthlyUsd, perGigabyteUsd, explanation } = egressPrice(environment);
      return [code(egress), explanation, monthlyUsd.toFixed(2), String(perGigabyteUsd)];
    }),
  );
}

const deploymentVariableTable = (): string =>
  table(
    ['Variable', 'Meaning'],
    Object.entries(deploymentVariables).map(([name, meaning]) => [code(name), meaning]),
  );

const outputTable = (): string =>
  table(
    ['Stack', 'Output', 'Meaning'],
    Object.entries(stackOutputSchemas).flatMap(([stack, schema]) =>
      Object.entries(schemaNode(schema).properties ?? {}).map(([name, { description }]) => [
        code(stack),
        code(name),
        description ?? '',
      ]),
    ),
  );

function presetTable(): string {
  return table(
    ['Preset', 'Capacity', 'One unit', 'Port', 'Policies', 'Load profile'],
    presetNames.map((name) => {
      const environment = resolveEnvironment(presetInput(name));
      const { capacity, container, scaling, load } = environment;
      return [
        code(name),
        `${capacity.min} to ${capacity.max}`,
        capacityFacts(environment).summary,
        String(container.port),
        scaling.policies.map((policy) => policyKind(policy).summary(policy, environment)).join('; '),
        code(load.profile),
      ];
    }),
  );
}

const profileTable = (): string =>
  table(
    ['Profile', 'Stages', 'Endpoints', 'Latency budget'],
    loadProfileNames.map((name) => {
      const { stages, endpoints, thresholds } = loadProfile(name);
      return [
        code(name),
        stages.map(describeStage).join('; '),
        endpoints.map(({ path }) => code(path)).join(', '),
        describeBudget(thresholds),
      ];
    }),
  );

function describeBudget({ p50Ms, p99Ms }: LoadProfile['thresholds']): string {
  const budgets = Object.entries({ p50: p50Ms, p99: p99Ms }).filter(([, limitMs]) => limitMs !== null);
  return budgets.length === 0
    ? 'none'
    : budgets.map(([percentile, limitMs]) => `${percentile} ${limitMs} ms`).join(', ');
}

const describeStage = ({ users, usersPerSecond, holdSeconds, requestsPerSecond }: LoadStage): string =>
  `${users} users at ${usersPerSecond}/s, ${
    requestsPerSecond === null ? 'closed loop' : `${requestsPerSecond} requests/s`
  } for ${holdSeconds} s`;
