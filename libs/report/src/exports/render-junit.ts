import type { Check, NotJudged } from '@tideline/evidence';
import { markup } from '../html/markup.ts';

/** A judged run, release or comparison. */
export interface JudgedSuite {
  /** What was judged, such as `load-driven under headline`. */
  readonly name: string;
  readonly checks: readonly Check[];
  /** Become skipped test cases. @default none */
  readonly notJudged?: readonly NotJudged[] | undefined;
  /** When it began, ISO 8601. */
  readonly startedAt: string;
  /** How long it took, wall time. */
  readonly wallSeconds: number;
}

/** Verdicts as JUnit XML, the form that CI systems read: a suite for each run, a test case for each check. Ends in a line break. */
export function renderJunit(suites: readonly JudgedSuite[]): string {
  const time = suites.reduce((sum, { wallSeconds }) => sum + wallSeconds, 0);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${
    markup`<testsuites name="tideline" ${counted(suites)} time="${time.toFixed(3)}">${suites.map(suiteMarkup)}
</testsuites>`.markup
  }\n`;
}

const suiteMarkup = (suite: JudgedSuite) => markup`
<testsuite name="${suite.name}" ${counted([suite])} errors="0" time="${suite.wallSeconds.toFixed(3)}" timestamp="${suite.startedAt}">${suite.checks.map(
  ({ name, passed, observed, expected }) => markup`
<testcase classname="${suite.name}" name="${name}" time="0">${
    passed
      ? null
      : markup`<failure type="check" message="${`${observed}; expected ${expected}`}">observed: ${observed}
expected: ${expected}</failure>`
  }</testcase>`,
)}${(suite.notJudged ?? []).map(
  ({ name, reason }) => markup`
<testcase classname="${suite.name}" name="${name}" time="0"><skipped message="${reason}"/></testcase>`,
)}
</testsuite>`;

function counted(suites: readonly JudgedSuite[]) {
  const checks = suites.flatMap((suite) => suite.checks);
  const skipped = suites.flatMap(({ notJudged = [] }) => notJudged).length;
  const failures = checks.filter(({ passed }) => !passed).length;
  return markup`tests="${checks.length + skipped}" failures="${failures}" skipped="${skipped}"`;
}
