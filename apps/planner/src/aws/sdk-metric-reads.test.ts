import { expect, test } from '@jest/globals';
import { readProblem } from './sdk-metric-reads.ts';

test.each([
  ['AccessDenied', 'not authorized', 'allow cloudwatch:GetMetricData'],
  ['CredentialsProviderError', 'Could not load credentials', 'sign in'],
  ['ThrottlingException', 'Rate exceeded', 'try again later'],
  ['Error', 'Region is missing', 'give --region'],
  ['InternalServiceFault', 'oops', 'try again later'],
])('a failed read says what to do: %s', (name, message, fix) => {
  const problem = readProblem(Object.assign(new Error(message), { name }));
  expect(problem).toMatchObject({ name: 'UsageError', code: 'TL-TRACE-AWS' });
  expect(problem.message).toContain(`${name}: ${message}`);
  expect(problem.message).toContain(fix);
});
