import { expect, test } from '@jest/globals';
import { commandNames } from '../src/cli/command-options.ts';
import { pipelineErrorCodes } from '../src/pipeline-error.ts';
import { orderedJobs, readText, readWorkflow } from './workflow.ts';

const document = readText('docs/deploying.md');

test('the document lists every code with its meaning and exit code', () => {
  const rows = [...document.matchAll(/^\| `(TL-PIPE-[A-Z-]+)` *\| (.+?) *\| *(\d) \|$/gm)].map((row) =>
    row.slice(1),
  );
  expect(rows).toEqual(
    Object.entries(pipelineErrorCodes).map(([code, { kind, meaning }]) => [
      code,
      meaning,
      kind === 'refused' ? '2' : '1',
    ]),
  );
});

test('the document shows commands that exist', () => {
  const shown = [...document.matchAll(/npm run pipeline -- ([a-z]+)/g)].map(([, name]) => name);
  expect(shown.length).toBeGreaterThan(5);
  for (const name of shown) expect(commandNames).toContain(name);
});

test('the architecture names every command of the pipeline, and no other', () => {
  const [, row = ''] =
    /^\| `apps\/pipeline` +\| app +\| (.+) \|$/m.exec(readText('docs/architecture.md')) ?? [];
  expect(row).toContain(`behind the workflows: ${commandNames.join(', ')} (`);
});

test('the README shows every script that a newcomer needs', () => {
  const readme = readText('README.md');
  for (const name of ['demo', 'twin', 'load', 'pipeline', 'cost', 'bench', 'synth', 'check'])
    expect(readme).toContain(`npm run ${name}`);
});

test.each(['init', 'destroy'])('the document names the jobs of %s in their order', (name) => {
  expect(document).toContain(
    orderedJobs(readWorkflow(name))
      .map(({ id }) => id)
      .join(', '),
  );
});

test('the document names every variable that the workflows read', () => {
  for (const workflow of ['ci', 'deploy', 'steps'])
    for (const [, name] of readText(`.github/workflows/${workflow}.yml`).matchAll(/vars\.(\w+)/g))
      expect(document).toContain(`\`${name ?? ''}\``);
});
