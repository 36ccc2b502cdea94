import { describe, expect, test } from '@jest/globals';
import { deployTrust, presetInput, resolveEnvironment } from '@tideline/config';
import { otherWriteFault, outputPlace, writeFaults } from '@tideline/process';
import { commandNames } from '../src/cli/command-options.ts';
import { pipelineErrorCodes } from '../src/pipeline-error.ts';
import { orderedJobs, readText, readWorkflow } from './workflow.ts';

const tutorial = readText('docs/tutorials/deploy-to-aws.md');
const reference = readText('docs/reference/deployment.md');
const troubleshooting = readText('docs/troubleshooting.md');
const actionsGuide = readText('docs/how-to/deploy-from-github-actions.md');

test('troubleshooting lists every code with its meaning and exit code', () => {
  const rows = [...troubleshooting.matchAll(/^\| `(TL-PIPE-[A-Z-]+)` *\| (.+?) *\| *(\d) \|$/gm)].map((row) =>
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

test('troubleshooting lists every reason why a file is not written', () => {
  const rows = [...troubleshooting.matchAll(/^\| `(TL-WRITE-[A-Z-]+)` *\| (.+?) *\| *[23] \|$/gm)].map(
    (row) => row.slice(1),
  );
  expect(rows).toEqual([
    ...Object.values(writeFaults).map(({ code, problem }) => [code, problem]),
    [outputPlace.code, outputPlace.problem],
    [otherWriteFault, 'any other error, which the message quotes'],
  ]);
});

test('the GitHub Actions guide shows the subjects that bootstrap prints for its variables', () => {
  const shown = [...actionsGuide.matchAll(/^ {4}(repo:\S+)$/gm)].map(([, subject]) => subject);
  const trust = deployTrust(resolveEnvironment(presetInput('load-driven')), {
    GITHUB_REPOSITORY: 'OWNER/NAME',
    GITHUB_REPOSITORY_OWNER_ID: '123456',
    GITHUB_REPOSITORY_ID: '456789',
  });
  expect(shown).toEqual(trust?.subjects);
  for (const name of ['GITHUB_REPOSITORY', 'GITHUB_REPOSITORY_ID', 'GITHUB_REPOSITORY_OWNER_ID'])
    expect(actionsGuide).toMatch(new RegExp(`^export ${name}=`, 'm'));
});

test('the tutorial shows commands that exist', () => {
  const shown = [...tutorial.matchAll(/npm run pipeline -- ([a-z]+)/g)].map(([, name]) => name);
  expect(shown.length).toBeGreaterThan(5);
  for (const name of shown) expect(commandNames).toContain(name);
});

test('the architecture names every command of the pipeline, and no other', () => {
  const [, row = ''] =
    /^\| `apps\/pipeline` +\| app +\| (.+) \|$/m.exec(readText('docs/architecture.md')) ?? [];
  expect(row).toContain(`behind the workflows: ${commandNames.join(', ')} (`);
});

describe('the README', () => {
  const readme = readText('README.md');
  const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> };
  const found = (pattern: RegExp) => [...readme.matchAll(pattern)].map(([, name = '']) => name);

  test('shows every script that a newcomer needs, and none that is missing', () => {
    const shown = found(/npm run ([a-z:]+)/g);
    for (const name of ['demo', 'tideline', 'twin', 'load', 'pipeline', 'cost', 'bench', 'synth', 'check'])
      expect(shown).toContain(name);
    for (const name of shown) expect(Object.keys(scripts)).toContain(name);
  });

  test('shows commands of tideline and of the pipeline that exist', () => {
    const commands = readText('docs/reference/command-line.md').matchAll(/^## tideline ([a-z]+)$/gm);
    const known = [...commands].map(([, name]) => name);
    const shown = found(/(?:@tideline\/cli|npm run tideline --) ([a-z]+)/g);
    expect(shown).toEqual(expect.arrayContaining(['init', 'up', 'run']));
    for (const name of shown) expect(known).toContain(name);
    for (const name of found(/npm run pipeline -- ([a-z]+)/g)) expect(commandNames).toContain(name);
  });

  test('never has npm fetch the package named tideline, which is another project’s', () => {
    for (const file of ['README.md', 'docs/reference/presets.md', 'docs/reference/command-line.md'])
      expect(readText(file)).not.toMatch(/npx (?:--yes |-y )?tideline\b/);
  });

  test('shows a run in light and in dark, with a text in place of it', () => {
    const [light, dark] = [
      found(/<img src="([^"]+)"/g),
      found(/prefers-color-scheme: dark\)" srcset="([^"]+)"/g),
    ];
    expect([light.length, dark.length]).toEqual([1, 1]);
    for (const file of [...light, ...dark]) expect(readText(file)).toMatch(/^<svg /);
    expect(found(/<img [^>]*alt="([^"]{40,})"/g)).toHaveLength(1);
  });

  test('has the section for a service of one’s own right after the demo', () => {
    expect(found(/^## (.+)$/gm).slice(0, 2)).toEqual(['See it', 'With your service']);
  });

  test('is one page', () => {
    expect(readme.split('\n').length).toBeLessThan(170);
  });
});

test('the reference describes every command', () => {
  for (const name of commandNames) expect(reference).toMatch(new RegExp(`^\\| \`${name}\` `, 'm'));
});

test.each(['init', 'destroy'])('the reference names the jobs of %s in their order', (name) => {
  expect(reference).toContain(
    orderedJobs(readWorkflow(name))
      .map(({ id }) => id)
      .join(', '),
  );
});

test('the GitHub Actions guide names every variable that the workflows read', () => {
  for (const workflow of ['ci', 'deploy', 'steps'])
    for (const [, name] of readText(`.github/workflows/${workflow}.yml`).matchAll(/vars\.(\w+)/g))
      expect(actionsGuide).toContain(`\`${name ?? ''}\``);
});
