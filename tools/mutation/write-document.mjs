// `npm run mutation:document`: writes docs/reference/mutation.md from the report of the last `npm run mutation`.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { writeWhole } from '../../libs/process/src/files/write-whole.mjs';
import { explanationOf } from './explanations.mjs';

const workspace = join(import.meta.dirname, '..', '..');
const page = join(workspace, 'docs', 'reference', 'mutation.md');
const report = JSON.parse(await readFile(join(workspace, 'dist', 'mutation', 'report.json'), 'utf8'));

const found = new Set(['Killed', 'Timeout']);
const missed = new Set(['Survived', 'NoCoverage']);

const countsOf = (mutants) => {
  const count = (statuses) => mutants.filter(({ status }) => statuses.has(status)).length;
  const counts = { found: count(found), missed: count(missed) };
  return { ...counts, percent: ((100 * counts.found) / (counts.found + counts.missed)).toFixed(1) };
};

const files = Object.entries(report.files)
  .map(([path, { source, mutants }]) => ({
    path,
    lines: source.split('\n'),
    mutants,
    counts: countsOf(mutants),
  }))
  .filter(({ counts }) => counts.found + counts.missed > 0)
  .sort((one, other) => one.path.localeCompare(other.path));

const row = (name, { percent, found: killed, missed: survived }) =>
  `| ${name} | ${percent} % | ${killed} | ${survived} |`;

const total = (root) => {
  const counts = countsOf(
    files.filter(({ path }) => path.startsWith(root)).flatMap(({ mutants }) => mutants),
  );
  return row(`**${root}**`, counts);
};

const code = (text) => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return `\`\` ${line.length > 60 ? `${line.slice(0, 57)}...` : line} \`\``.replaceAll('|', '\\|');
};

/** What a mutant replaces: the rest of its first line where it has several. */
function originalOf({ lines }, { location: { start, end } }) {
  const line = lines[start.line - 1];
  return line.slice(start.column - 1, end.line === start.line ? end.column - 1 : undefined);
}

function survivorsOf(file) {
  const survivors = file.mutants
    .filter(({ status }) => missed.has(status))
    .map((mutant) => {
      const original = originalOf(file, mutant);
      const line = file.lines[mutant.location.start.line - 1];
      const { replacement } = mutant;
      const reason = explanationOf({ path: file.path, line, original, replacement });
      return { start: mutant.location.start, reason, change: `${code(original)} → ${code(replacement)}` };
    })
    .sort((one, other) => one.start.line - other.start.line || one.start.column - other.start.column);
  if (survivors.length === 0) return [];
  const rows = survivors.map(({ start, reason, change }) => `| ${start.line} | ${change} | ${reason} |`);
  return [
    `### ${file.path}`,
    '',
    '| line | change | why no test notices |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ];
}

const text = `# Mutation score

\`npm run mutation\` changes one operator, literal or branch at a time in the code that decides
(\`libs/scaling\`) and judges (\`libs/evidence\`), and asks whether a unit test fails. It fails below
${report.thresholds.break ?? 90} %. How the tests of thousands of mutants run in minutes is in
[decision 0028](../decisions/0028-mutants-in-one-process.md). \`npm run mutation:document\` writes
this page from the last report.

“Found” are the changes with which a test fails, or a loop does not end. What a schema says of its
fields (\`.describe\`) is text for readers and is left out. Files that the
report does not hold yet are not listed.

## Score by file

| file | score | found | missed |
| --- | --- | --- | --- |
${['libs/evidence/', 'libs/scaling/'].map(total).join('\n')}
${files.map(({ path, counts }) => row(path, counts)).join('\n')}

## What no test notices

${files.flatMap(survivorsOf).join('\n')}`;

writeWhole(page, await format(text, { ...(await resolveConfig(page)), filepath: page }));
