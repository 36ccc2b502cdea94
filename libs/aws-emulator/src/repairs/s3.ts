import { type Repair } from '../gateway/repair.ts';

const service = 's3';

/**
 * Bucket policies. Moto enforces a policy’s statements as if they had no conditions, so that “deny all without TLS” denies
 * everything; the gateway keeps policies to itself and enforces none.
 */
export function s3Repairs(): readonly Repair[] {
  const policies = new Map<string, string>();
  return [
    {
      service,
      operation: 'PUT /{bucket}?policy',
      aws: 'keeps the policy, and denies what it denies under its conditions',
      answer: ({ path, parameters }) => {
        policies.set(path, JSON.stringify(parameters));
        return Promise.resolve({ status: 204, body: '' });
      },
    },
    {
      service,
      operation: 'GET /{bucket}?policy',
      aws: 'the policy',
      answer: async ({ path }, forward) => {
        const body = policies.get(path);
        return body === undefined ? forward() : { status: 200, body };
      },
    },
    ...['DELETE /{bucket}?policy', 'DELETE /{bucket}'].map((operation): Repair => ({
      service,
      operation,
      aws: 'forgets the policy',
      answer: ({ path }, forward) => {
        policies.delete(path);
        return forward();
      },
    })),
  ];
}
