import * as z from 'zod';
import { type Repair, amending, instead } from '../gateway/repair.ts';

const service = 'logs';

const keyed = z.object({ logGroupName: z.string(), kmsKeyId: z.string().optional() });
const listed = z.looseObject({ logGroups: z.array(z.looseObject({ logGroupName: z.string() })) });

/** The key of a log group that is there already: moto takes one with a new group alone. */
export function logsRepairs(): readonly Repair[] {
  /** Null where a group’s key was taken away. */
  const keys = new Map<string, string | null>();
  return [
    {
      service,
      operation: 'AssociateKmsKey',
      aws: 'encrypts what arrives from now on under the key',
      answer: instead(({ parameters }) => {
        const { logGroupName, kmsKeyId } = keyed.parse(parameters);
        keys.set(logGroupName, kmsKeyId ?? null);
        return {};
      }),
    },
    {
      service,
      operation: 'DisassociateKmsKey',
      aws: 'encrypts what arrives from now on under a key of AWS',
      answer: instead(({ parameters }) => {
        keys.set(keyed.parse(parameters).logGroupName, null);
        return {};
      }),
    },
    {
      service,
      operation: 'DescribeLogGroups',
      aws: 'the key that a group has now',
      answer: amending((body) => {
        const { logGroups, ...rest } = listed.parse(body);
        return {
          ...rest,
          logGroups: logGroups.map(({ kmsKeyId, ...group }) => {
            const known = keys.get(group.logGroupName);
            const key = known === undefined ? kmsKeyId : known;
            return key === undefined || key === null ? group : { ...group, kmsKeyId: key };
          }),
        };
      }),
    },
    {
      service,
      operation: 'DeleteLogGroup',
      aws: 'forgets the key with the group',
      answer: ({ parameters }, forward) => {
        keys.delete(keyed.parse(parameters).logGroupName);
        return forward();
      },
    },
  ];
}
