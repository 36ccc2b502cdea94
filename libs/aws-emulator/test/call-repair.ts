import { type AwsRequest } from '../src/gateway/aws-request.ts';
import { type AwsAnswer, type Repair } from '../src/gateway/repair.ts';

/** A request of which nothing matters but what is given. */
export const awsRequest = (parts: Partial<AwsRequest>): AwsRequest => ({
  service: '',
  operation: '',
  path: '/',
  query: new URLSearchParams(),
  headers: new Headers(),
  parameters: {},
  body: '',
  ...parts,
});

/** What the operation’s repair answers, behind which moto would give this answer. */
export function answerOf(
  repairs: readonly Repair[],
  request: AwsRequest,
  moto: () => Promise<AwsAnswer> = () => Promise.reject(new Error('moto was asked')),
): Promise<AwsAnswer> {
  const repair = repairs.find(({ operation }) => operation === request.operation);
  if (repair === undefined) throw new Error(`no repair of ${request.operation}`);
  return repair.answer({ ...request, service: repair.service }, moto);
}

/** Asks the operation’s repair, behind which moto would give this answer. */
export async function callRepair(
  repairs: readonly Repair[],
  operation: string,
  {
    parameters,
    moto = {},
  }: { readonly parameters: Readonly<Record<string, unknown>>; readonly moto?: unknown },
): Promise<unknown> {
  const { body } = await answerOf(repairs, awsRequest({ operation, parameters }), () =>
    Promise.resolve({ status: 200, body: JSON.stringify(moto) }),
  );
  return body === '' ? undefined : JSON.parse(body);
}
