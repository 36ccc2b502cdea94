import type { RunRecord } from '@tideline/evidence';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { runFacts } from '../src/facts/run-facts.ts';
import { renderHtml, renderMarkdown, renderTerminal } from '../src/index.ts';
import { anyRunRecord } from './any-run-record.ts';
import { expectWellFormed, readableHtml, readableMarkdown } from './readable.ts';
import { hostedRun } from './hosted-run.ts';
import { failedRun, interruptedRun, sampleRun, unobservedRun } from './sample-run.ts';

const plain = (record: RunRecord): string => renderTerminal(record, { color: false });
const renderers = [
  ['terminal', plain],
  ['Markdown', renderMarkdown],
  ['HTML', renderHtml],
] as const;
const readable = [
  ['terminal', plain],
  ['Markdown', (record: RunRecord) => readableMarkdown(renderMarkdown(record))],
  ['HTML', (record: RunRecord) => readableHtml(renderHtml(record))],
] as const;
const runs = [
  ['passed', sampleRun],
  ['failed', failedRun],
  ['unobserved', unobservedRun],
  ['interrupted', interruptedRun],
  ['hosted', hostedRun],
] as const;

/** Every word that a report must hold, whichever way its lines are broken. */
function wordsOf(record: RunRecord): readonly string[] {
  const facts = runFacts(record);
  return [
    facts.title,
    facts.verdict.checks,
    facts.verdict.summary,
    ...[...facts.keyFigures, ...facts.latency, ...facts.provenance].flatMap(({ label, value }) => [
      label,
      value,
    ]),
    ...facts.keyFigures.map(({ note }) => note),
    ...facts.phases.rows.flat(),
    ...(facts.answers?.rows.flat() ?? []),
    ...(facts.elasticity?.rows.flat() ?? []),
    ...(facts.faults?.rows.flat() ?? []),
    ...facts.activities.rows.flat(),
    ...(facts.instanceActivities === null
      ? []
      : [facts.instanceActivities, facts.timeline, facts.events].flatMap(({ rows }) => rows.flat())),
    ...facts.checks.flatMap(({ name, observed, expected }) => [name, observed, expected]),
    ...facts.notJudged.flatMap(({ name, reason }) => [name, reason]),
    ...facts.speeds,
    ...[...facts.warnings, ...facts.assumptions].flatMap(({ code, message }) => [code, message]),
  ].flatMap((fact) => fact.split(/\s+/u));
}

describe.each(readable)('the %s form', (_, read) => {
  test.each(runs)('states every fact of the %s run', (_name, run) => {
    const output = read(run);
    const unstated = wordsOf(run).filter((word) => !output.includes(word));
    expect(unstated).toEqual([]);
  });
});

test('a run that met redirects alone does not read as one without failures and no more', () => {
  const [answers] = sampleRun.load.endpoints ?? [];
  if (answers === undefined) throw new Error('the sample has no answers');
  const classes = { ...answers.classes, '2xx': 0, '3xx': 25 };
  const endpoints = [{ ...answers, classes, statuses: { 301: 25 } }];
  const run = { ...sampleRun, load: { ...sampleRun.load, requests: 25, endpoints } };
  expect(runFacts(run).verdict.summary).toContain('25 requests (25 3xx), none failed');
  expect(runFacts(run).keyFigures).toContainEqual({ label: 'Answers', value: '0 % 2xx', note: '25 3xx' });
});

test('a record of before answers were counted is rendered without them', () => {
  const earlier = { ...sampleRun, load: { ...sampleRun.load, endpoints: undefined } };
  expect(runFacts(earlier).answers).toBeNull();
  expect(runFacts(earlier).keyFigures.map(({ label }) => label)).not.toContain('Answers');
});

test('a record of before elasticity and p95 were measured is rendered without them', () => {
  const latencyMs = { ...sampleRun.load.latencyMs, p95: undefined };
  const series = sampleRun.load.series.map((point) => ({ ...point, p95Ms: undefined }));
  const earlier = {
    ...sampleRun,
    elasticity: undefined,
    load: { ...sampleRun.load, latencyMs, series, phases: [] },
  };
  expect(runFacts(earlier).elasticity).toBeNull();
  expect(runFacts(earlier).latency.map(({ label }) => label)).not.toContain('p95');
  for (const [, render] of renderers) expect(render(earlier)).not.toMatch(/Elasticity|p95 \d/u);
});

describe.each(renderers)('the %s form', (_, render) => {
  test('of any record has no number that is none', () => {
    fc.assert(
      fc.property(anyRunRecord, (record) => {
        const given = JSON.stringify(record);
        fc.pre(!/NaN|undefined|Infinity/u.test(given));
        expect(render(record)).not.toMatch(/NaN|undefined|Infinity/u);
      }),
    );
  });

  test('of the same record is always the same', () => {
    expect(render(structuredClone(sampleRun))).toBe(render(sampleRun));
  });

  test('ends with a line break', () => {
    expect(render(sampleRun)).toMatch(/[^\n]\n$/u);
  });
});

describe('the terminal form', () => {
  test('of any record fits in 100 columns', () => {
    fc.assert(
      fc.property(anyRunRecord, (record) => {
        const widest = Math.max(
          ...plain(record)
            .split('\n')
            .map((line) => Array.from(line).length),
        );
        expect(widest).toBeLessThanOrEqual(100);
      }),
    );
  });

  test('says the same with and without colour', () => {
    const coloured = renderTerminal(failedRun, { color: true });
    expect(coloured.replace(/\p{Cc}\[\d+m/gu, '')).toBe(plain(failedRun));
  });

  test('passes no control sequence from the record on', () => {
    const [cause] = sampleRun.scaling.activities;
    const hostile = withCause(`${cause!.cause}\u001B[2J\r`);
    expect(plain(hostile)).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

describe('the HTML form', () => {
  test('of any record is well-formed', () => {
    fc.assert(fc.property(anyRunRecord, (record) => expectWellFormed(renderHtml(record))));
  });

  test.each(runs)('of the %s run loads nothing and runs nothing', (_, run) => {
    const page = renderHtml(run);
    expect(page).not.toMatch(/<(script|link|img|iframe|object|embed|base)\b/iu);
    expect(page).not.toMatch(/\s(src|srcset|action|on\w+)=/iu);
    expect(page).not.toMatch(/url\(|@import|xlink/iu);
    expect([...page.matchAll(/href="([^"]*)"/gu)].map(([, target]) => target)).toEqual(
      run.warnings.length > 0 ? ['#warnings'] : [],
    );
  });

  test('shows hostile text as text', () => {
    const page = renderHtml(withCause('<script>alert(1)</script> | "quoted"'));
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; | &quot;quoted&quot;');
  });

  test('gives every chart a title, a description and a table', () => {
    const page = renderHtml(sampleRun);
    const charts = page.match(/<svg /gu)!.length;
    expect(charts).toBe(10);
    expect(page.match(/<title id="/gu)).toHaveLength(charts);
    expect(page.match(/<desc id="/gu)).toHaveLength(charts);
    expect(page.match(/as a table<\/summary>/gu)).toHaveLength(charts / 2);
  });

  test('uses each id once', () => {
    const ids = [...renderHtml(hostedRun).matchAll(/\sid="([^"]+)"/gu)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('numbers the activities in the chart as in their table', () => {
    const chart = /<svg class="chart wide".*?<\/svg>/su.exec(renderHtml(sampleRun))![0];
    const markers = [...chart.matchAll(/class="marker-number"[^>]*>(\d+)</gu)].map(([, number]) => number);
    expect(markers).toEqual(['1', '3', '4', '5', '6']);
  });

  test('says which axis is logarithmic', () => {
    expect(renderHtml(sampleRun)).toContain('count per 60 s, log axis above 10; highest 11,250');
  });

  test.each([
    ['unobserved', unobservedRun, 'The service was not observed'],
    ['interrupted', interruptedRun, 'Nothing was recorded during the load'],
    ['interrupted', interruptedRun, 'No datapoint of this metric was recorded'],
  ])('of the %s run says what is missing', (_, run, words) => {
    expect(renderHtml(run)).toContain(words);
  });
});

test('the Markdown form keeps hostile text within its table cell', () => {
  const page = renderMarkdown(withCause('<script>alert(1)</script> | two\nlines'));
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; \\| two lines |');
  expect(page).not.toContain('<script');
});

function withCause(cause: string): RunRecord {
  const [first, ...rest] = sampleRun.scaling.activities;
  return { ...sampleRun, scaling: { ...sampleRun.scaling, activities: [{ ...first!, cause }, ...rest] } };
}
