import { describe, expect, test } from '@jest/globals';
import { readProblem } from './sdk-reads.ts';

const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

describe('a failed read of AWS', () => {
  test.each([
    [
      named('CredentialsProviderError', 'Could not load credentials from any providers'),
      /^TL-RUN-OBSERVER ecs:DescribeServices found no AWS credentials \(Could not .*\); sign in \(aws sso login/,
    ],
    [
      named('AccessDeniedException', 'User: x is not authorized to perform: ecs:DescribeServices'),
      /^TL-RUN-OBSERVER ecs:DescribeServices was denied \(User: x is not authorized .*\); allow it to who runs this$/,
    ],
    [
      named('ExpiredTokenException', 'expired'),
      /credentials are not accepted \(ExpiredTokenException\); sign in/,
    ],
    [named('ThrottlingException', 'Rate exceeded'), /still throttled after every retry \(Rate exceeded\)/],
    [named('ClusterNotFoundException', 'Cluster not found.'), /found no such cluster; deploy/],
    [
      named('TimeoutError', 'socket hang up'),
      /^TL-RUN-OBSERVER ecs:DescribeServices failed: TimeoutError socket/,
    ],
  ])('names the action, and how to put it right: %s', (error, expected) => {
    const problem = readProblem('ecs:DescribeServices', error);
    expect(problem.message).toMatch(expected);
    expect(problem.cause).toBe(error);
  });

  test('what is no error is told as it is', () => {
    expect(readProblem('ecs:DescribeServices', 'gone').message).toContain('failed: Error gone');
  });
});
