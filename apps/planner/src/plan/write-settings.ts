import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { PlanSettings } from '@tideline/planner';
import { UsageError, messageOf, writeWhole } from '@tideline/process';
import { isMap, parseDocument } from 'yaml';

const writable = ['.json', '.yaml', '.yml'];
const alternative =
  'Paste the settings that the plan prints instead, or write them to a file of their own with --write settings.json';

/**
 * The description that a plan may write into.
 * @param file of the description; undefined where there is none
 * @throws UsageError TL-PLAN-WRITE where there is none, or where it is a program
 */
export function settingsFile(file: string | undefined): string {
  if (file === undefined)
    throw new UsageError(
      'TL-PLAN-WRITE',
      `--write: got no description to write into: neither --config nor tideline.config.* is there; allowed are files that end in ${writable.join(', ')}. ${alternative}`,
    );
  if (!writable.includes(extname(file)))
    throw new UsageError(
      'TL-PLAN-WRITE',
      `--write: ${file} is a program, and a program is not rewritten; allowed are files that end in ${writable.join(', ')}. ${alternative}`,
    );
  return file;
}

/**
 * Puts bounds and policies into a description, and leaves the rest of it as it is; comments of YAML stay too. A file that does not exist
 * begins with them.
 * @throws UsageError TL-PLAN-WRITE where the file cannot be read
 */
export async function writeSettings(file: string, settings: PlanSettings): Promise<void> {
  writeWhole(file, await withSettingsOf(file, settings));
}

/** Refuses before a search what could not be written after it. @throws UsageError TL-PLAN-WRITE */
export async function refuseUnwritable(file: string): Promise<void> {
  await withSettingsOf(file, { capacity: { min: 1, max: 1, desired: 1 }, scaling: { policies: [] } });
}

async function withSettingsOf(file: string, settings: PlanSettings): Promise<string> {
  const text = existsSync(file) ? await readText(file) : '';
  return extname(file) === '.json' ? intoJson(file, text, settings) : intoYaml(file, text, settings);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw malformed(file, `cannot be read (${messageOf(error)})`);
  }
}

function intoJson(file: string, text: string, { capacity, scaling }: PlanSettings): string {
  let described: unknown;
  try {
    described = text.trim() === '' ? {} : JSON.parse(text);
  } catch (error) {
    throw malformed(file, `is no JSON (${messageOf(error)})`);
  }
  if (typeof described !== 'object' || described === null || Array.isArray(described))
    throw malformed(file, 'holds no object');
  const before: unknown = 'scaling' in described ? (described.scaling ?? {}) : {};
  if (typeof before !== 'object' || Array.isArray(before)) throw malformed(file, noScaling);
  return `${JSON.stringify({ ...described, capacity, scaling: { ...before, ...scaling } }, null, 2)}\n`;
}

function intoYaml(file: string, text: string, { capacity, scaling }: PlanSettings): string {
  const document = parseDocument(text.trim() === '' ? '{}' : text);
  const [error] = document.errors;
  if (error !== undefined) throw malformed(file, `is no YAML (${error.message})`);
  if (!isMap(document.contents)) throw malformed(file, 'holds no mapping');
  document.contents.flow = false;
  const before = document.get('scaling') ?? null;
  if (before === null) document.delete('scaling');
  else if (!isMap(before)) throw malformed(file, noScaling);
  document.set('capacity', document.createNode(capacity));
  document.setIn(['scaling', 'policies'], document.createNode(scaling.policies));
  return document.toString();
}

const noScaling = 'holds something else than settings under scaling';

const malformed = (file: string, why: string): UsageError =>
  new UsageError(
    'TL-PLAN-WRITE',
    `--write: ${file} ${why}; nothing was written. Correct the file, or name another one`,
  );
