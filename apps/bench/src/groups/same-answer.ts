import { MeasurementError } from '../outcome.ts';

const timeoutMs = 10_000;

/** Asks each server once. @throws MeasurementError unless all answer 200 with the same bytes: else rates do not compare */
export async function checkSameAnswer(servers: Readonly<Record<string, string>>): Promise<void> {
  const answers = await Promise.all(
    Object.entries(servers).map(async ([name, url]) => ({ name, answer: await ask(name, url) })),
  );
  const [first] = answers;
  const other = answers.find(({ answer }) => answer !== first?.answer);
  if (first === undefined || (other === undefined && first.answer.startsWith('200 '))) return;
  const { name, answer } = other ?? first;
  throw new MeasurementError(
    `every server must answer 200 with the same body; ${first.name} answered ${first.answer}, ${name} ${answer}`,
  );
}

async function ask(name: string, url: string): Promise<string> {
  try {
    const response = await fetch(`${url}/`, {
      headers: { connection: 'close' },
      signal: AbortSignal.timeout(timeoutMs),
    });
    return `${response.status} ${await response.text()}`;
  } catch (error) {
    throw new MeasurementError(`${name} did not answer at ${url}: ${String(error)}`, { cause: error });
  }
}
