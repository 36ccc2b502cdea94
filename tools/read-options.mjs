import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { nearestName } from '../libs/config/src/problems/nearest-name.mjs';

/**
 * The options of `npm run <command>` as typed. `--help` and `--version` print, and end the command; a mistake is reported
 * on standard error with the nearest name, and ends it with 2.
 * @param options as `parseArgs` takes them, without `help` and `version`; `choices` lists the values that an option allows
 */
export function readOptions({ command, options, help }) {
  const known = { ...options, help: { type: 'boolean' }, version: { type: 'boolean' } };
  const lost = lostOptions(command, known);
  if (lost !== undefined) refuse(`${command}: ${lost}`);
  let values;
  try {
    ({ values } = parseArgs({ options: known }));
  } catch (error) {
    refuse(`${command}: ${explain(error, known)}\n\n${help}`);
  }
  if (values.help === true) print(help);
  if (values.version === true) print(`tideline ${version()}\n`);
  for (const [name, { choices }] of Object.entries(options)) {
    const wrong = [values[name] ?? []].flat().find((value) => choices?.includes(value) === false);
    if (wrong === undefined) continue;
    const nearest = nearestName(wrong, choices);
    const hint = nearest === undefined ? '' : ` did you mean "${nearest}"?`;
    refuse(`${command}: --${name}: got "${wrong}";${hint} allowed: ${choices.join(', ')}`);
  }
  return values;
}

function explain({ code, message }, known) {
  if (code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return message;
  const typed = /'--?([^']+)'/.exec(message)?.[1] ?? '';
  const nearest = nearestName(typed, Object.keys(known));
  return `Unknown option '--${typed}'${nearest === undefined ? '' : `; did you mean --${nearest}?`}`;
}

/**
 * What npm does with options that are typed without `--` before them: it keeps them to itself as variables, and passes
 * their values on as if they were arguments.
 */
function lostOptions(command, known) {
  const kept = Object.entries(known).flatMap(([name, { type }]) => {
    const value = process.env[`npm_config_${name.replaceAll('-', '_')}`];
    // npm has an option “only” of its own; `true` is one that was typed here.
    const isNpmsOwn = name === 'only' && value !== 'true';
    return value === undefined || isNpmsOwn || ['', 'false'].includes(value) ? [] : [{ name, type, value }];
  });
  if (kept.length === 0) return undefined;
  const words = process.argv.slice(2);
  const typed = kept.flatMap(({ name, type, value }) => [
    `--${name}`,
    ...(type === 'boolean' ? [] : [value === 'true' ? (words.shift() ?? '…') : value]),
  ]);
  const line = [...typed, ...words].join(' ');
  return `npm kept ${kept.map(({ name }) => `--${name}`).join(' and ')} to itself; write: npm run ${command} -- ${line}`;
}

function version() {
  return JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8')).version;
}

function print(text) {
  process.stdout.write(text);
  process.exit(0);
}

function refuse(text) {
  console.error(text.trimEnd());
  process.exit(2);
}
