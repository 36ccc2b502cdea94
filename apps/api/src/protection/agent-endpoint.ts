import { request } from 'node:http';
import * as z from 'zod';
import type { ProtectionChange } from './scale-in-protection.ts';

/** The agent itself waits 4 s for ECS. */
const timeoutMs = 5000;
/** Longest answer that is read. */
const longestAnswerBytes = 65_536;

const answerSchema = z.union([
  z.object({ protection: z.object({ ProtectionEnabled: z.boolean() }) }),
  z.object({ failure: z.object({ Reason: z.string() }) }),
  z.object({ error: z.object({ Code: z.string(), Message: z.string() }) }),
]);

/** What the agent answers is what went wrong: ECS declined, or could not be asked. */
class ProtectionRefused extends Error {
  override readonly name = 'ProtectionRefused';
}

/**
 * Sends a change to the endpoint of ECS’s agent (Amazon ECS guide, task scale-in protection endpoint). Plain `node:http`, as
 * for task metadata: loading `fetch` costs several MiB.
 * @throws ProtectionRefused, and Node’s errors when the agent does not answer
 */
export async function updateProtection(agentUri: string, change: ProtectionChange): Promise<void> {
  const text = await put(`${agentUri.replace(/\/$/, '')}/task-protection/v1/state`, JSON.stringify(change));
  const parsed = answerSchema.safeParse(parse(text));
  if (!parsed.success) throw new ProtectionRefused(`the agent answered ${text.slice(0, 200)}`);
  const answer = parsed.data;
  // A failure has status 200.
  if ('failure' in answer) throw new ProtectionRefused(answer.failure.Reason);
  if ('error' in answer) throw new ProtectionRefused(`${answer.error.Code}: ${answer.error.Message}`);
}

const put = (url: string, body: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'PUT',
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        signal: AbortSignal.timeout(timeoutMs),
      },
      (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > longestAnswerBytes)
            response.destroy(new ProtectionRefused('the agent’s answer is too long'));
          else chunks.push(chunk);
        });
        response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
