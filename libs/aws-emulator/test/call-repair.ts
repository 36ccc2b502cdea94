import { type Repair } from '../src/gateway/repair.ts';

/** Asks the operation’s repair, behind which moto would give this answer. */
export async function callRepair(
  repairs: readonly Repair[],
  operation: string,
  {
    parameters,
    moto = {},
  }: { readonly parameters: Readonly<Record<string, unknown>>; readonly moto?: unknown },
): Promise<unknown> {
  const repair = repairs.find((candidate) => candidate.operation === operation);
  if (repair === undefined) throw new Error(`no repair of ${operation}`);
  const { body } = await repair.answer({ service: repair.service, operation, path: '/', parameters }, () =>
    Promise.resolve({ status: 200, body: JSON.stringify(moto) }),
  );
  return body === '' ? undefined : JSON.parse(body);
}
