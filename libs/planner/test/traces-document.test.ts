import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Command } from 'commander';
import { addAwsTraceOptions, addTraceOptions } from '../src/traces/command-line/trace-options.ts';
import { describeShape, shapeNames } from '../src/traces/shapes/create-shape.ts';
import { traceErrorCodes, traceRemarkCodes } from '../src/traces/trace-codes.ts';

const document = readFileSync(join(import.meta.dirname, '../../../docs/reference/traces.md'), 'utf8');
const rows = document
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));
const cellsOf = (name: string): readonly string[] =>
  rows.find(([, first = '']) => first === `\`${name}\`` || first.startsWith(`\`${name} `)) ?? [];

test('every code is listed with its meaning, and no other is', () => {
  const codes = { ...traceRemarkCodes, ...traceErrorCodes };
  const listed = rows.flatMap(([, name = '', meaning = '']) =>
    name.startsWith('`TL-') ? [[name.replaceAll('`', ''), meaning]] : [],
  );
  expect(Object.fromEntries(listed)).toEqual(codes);
});

test('every option is listed', () => {
  const command = addAwsTraceOptions(addTraceOptions(new Command()));
  for (const { long } of command.options.filter(({ long: name }) => name !== '--trace'))
    expect({ long, cells: cellsOf(long ?? '').length }).toEqual({ long, cells: 5 });
});

test.each(shapeNames)('%s is listed with its parameters', (name) => {
  const [, , , parameters = ''] = cellsOf(name);
  const { parameters: described } = describeShape(name);
  for (const [key, { default: byDefault }] of Object.entries(described))
    if (key !== 'stepSeconds') expect(parameters).toContain(`\`${key}\` ${byDefault}`);
});
