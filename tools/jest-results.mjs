// What Jest wrote of the suites that ran: which passed, failed and were skipped.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const resultsFolder = join('dist', 'test-results');

/** Results that no longer belong to a project would be counted. */
export const forgetResults = () => rmSync(resultsFolder, { recursive: true, force: true });

/** Without the scope that all projects share. */
export function shortName(project) {
  return project.replace('@tideline/', '');
}

/** What the suites of a kind wrote, by project. @param suffix end of their files’ names */
export function results(suffix) {
  if (!existsSync(resultsFolder)) return [];
  return readdirSync(resultsFolder, { recursive: true })
    .filter((path) => path.endsWith(suffix))
    .map((path) => ({
      project: shortName(path).replace(/\.(unit|e2e|measured)\.json$/, ''),
      ...JSON.parse(readFileSync(join(resultsFolder, path), 'utf8')),
    }));
}

/** Wall time of the tests of one project, when they ran. */
export function testedMs({ startTime, testResults }) {
  return Math.max(startTime, ...testResults.map(({ endTime }) => endTime)) - startTime;
}

/** Full names of those that did not run. */
export function skippedTests({ testResults }) {
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'pending' || status === 'todo')
    .map(({ fullName }) => fullName);
}

/** `project: test` of each that failed, and the first lines of its first message. */
export function failedTests({ project, testResults }) {
  const escapes = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');
  const reason = (message) =>
    (message ?? '').replace(escapes, '').trim().split('\n').slice(0, 12).join('\n    ');
  return testResults.flatMap(({ name, status, message, assertionResults = [] }) => {
    const tests = assertionResults.filter((test) => test.status === 'failed');
    // A suite that could not run has no tests.
    if (tests.length === 0 && status === 'failed') return [`  ${project}: ${name}\n    ${reason(message)}`];
    return tests.map((test) => `  ${project}: ${test.fullName}\n    ${reason(test.failureMessages?.[0])}`);
  });
}
