import * as z from 'zod';
import { openDocumentStore } from '../src/open-stores.ts';
import { Sessions } from '../src/session/sessions.ts';
import { sharedStore } from './shared-store.ts';

/** What a process of the parallel-writers test is told, as its only argument. */
const job = z.object({
  store: sharedStore,
  sessionId: z.string(),
  writer: z.string(),
  count: z.int(),
  atATime: z.int(),
});

const { store, sessionId, writer, count, atATime } = job.parse(JSON.parse(process.argv[2] ?? ''));
const documents = await openDocumentStore({ store, keys: [], idleSeconds: 600, timeoutMs: 30_000 });
const sessions = new Sessions({
  store: documents,
  idleSeconds: 600,
  newId: () => sessionId,
  now: () => new Date(),
});

/** Adds a task and takes away the one before: every edit reads the list that the other processes edit. */
async function edit(edits: number): Promise<void> {
  const id = `${writer}-${edits}`;
  await sessions.change(sessionId, (session) => {
    const tasks = session.tasks.filter((task) => task.id !== `${writer}-${edits - atATime}`);
    const task = { id, title: writer, completed: false, createdAt: '' };
    return { session: { ...session, tasks: [...tasks, task] }, result: undefined };
  });
}

const increment = () =>
  sessions.change(sessionId, (session) => ({
    session: { ...session, views: session.views + 1 },
    result: undefined,
  }));

for (let done = 0; done < count; done += atATime) {
  const turns = Array.from({ length: atATime }, (_, turn) => done + turn);
  await Promise.all(turns.flatMap((turn) => [increment(), edit(turn)]));
}
await documents.close();
