import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type KeptRequest, KeptSession } from './kept-session.ts';

const view: KeptRequest = { act: 'view', path: '/session', body: '' };
const list: KeptRequest = { act: 'list-tasks', path: '/tasks', body: '' };
const upload: KeptRequest = { act: 'upload', path: '/files?name=a.txt', body: 'buy milk' };
const download: KeptRequest = { act: 'download', path: '/files/f1', body: '' };
const add = (title: string): KeptRequest => ({
  act: 'add-task',
  path: '/tasks',
  body: JSON.stringify({ title }),
});
const views = (count: number) => JSON.stringify({ views: count });
const tasks = (...titles: readonly string[]) => JSON.stringify({ tasks: titles.map((title) => ({ title })) });

/** A client that had these answers, the request of each beside it; null is none. */
function sessionOf(...answers: readonly (readonly [KeptRequest, string | null])[]): KeptSession {
  const session = new KeptSession();
  for (const [request, text] of answers)
    if (text === null) session.unanswered(request);
    else session.answered(request, text);
  return session;
}

describe('a session that is kept', () => {
  test('counts its views 1, 2, 3, has its tasks in their order, and its file byte for byte', () => {
    const session = sessionOf(
      ...([1, 2, 3] as const).map((count) => [view, views(count)] as const),
      [add('a'), '{"id":"t1"}'],
      [add('b'), '{"id":"t2"}'],
      [list, tasks('a', 'b')],
      [upload, '{"id":"f1"}'],
      [download, 'buy milk'],
    );
    expect(session.problems).toEqual([]);
    expect(session.counts).toEqual({ views: 3, lists: 1, files: 1 });
    expect(session.files).toEqual(['/files/f1']);
  });
});

describe('a session that is not kept', () => {
  test.each([
    ['begins again', [1, 2, 1], 'view 1 where 3 comes next'],
    ['counts a view twice', [1, 3], 'view 3 where 2 comes next'],
    ['counts a view not at all', [1, 1], 'view 1 where 2 comes next'],
    ['does not begin at 1', [5], 'view 5 where 1 comes next'],
  ])('%s', (_, counts, problem) => {
    const session = sessionOf(...counts.map((count) => [view, views(count)] as const));
    expect(session.problems[0]).toBe(problem);
  });

  test.each([
    ['has lost one', tasks('a'), '1 tasks (a) where 2 were put (a, b)'],
    ['has another’s', tasks('a', 'b', 'c'), '3 tasks (a, b, c) where 2 were put (a, b)'],
    ['has lost all of them', tasks(), '0 tasks () where 2 were put (a, b)'],
    ['answers something else', '<p>', 'no list where 2 were put (a, b)'],
  ])('%s of its tasks', (_, text, problem) => {
    expect(sessionOf([add('a'), '{}'], [add('b'), '{}'], [list, text]).problems).toEqual([problem]);
  });

  test('has another content in its file, or none', () => {
    const changed = sessionOf([upload, '{"id":"f1"}'], [download, 'buy mil']);
    expect(changed.problems).toEqual(['file /files/f1 has 7 bytes that are not the 8 that were put']);
    const lost = sessionOf([upload, '{"id":"f1"}']);
    lost.refused(download, 404);
    expect(lost.problems).toEqual(['file /files/f1 answered 404']);
  });
});

describe('requests that had no answer', () => {
  test('may have been carried out or not, and either is right', () => {
    for (const next of [2, 3])
      expect(sessionOf([view, views(1)], [view, null], [view, views(next)]).problems).toEqual([]);
    expect(sessionOf([view, views(1)], [view, null], [view, views(4)]).problems).toHaveLength(1);
    for (const held of [tasks('a'), tasks('a', 'b')])
      expect(sessionOf([add('a'), '{}'], [add('b'), null], [list, held]).problems).toEqual([]);
  });

  test('excuse nothing that comes after an answer', () => {
    expect(sessionOf([view, null], [view, views(1)], [view, views(3)]).problems).toEqual([
      'view 3 where 2 comes next',
    ]);
  });
});

test('a server that counts as it should is never blamed, whatever it leaves unanswered', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('answered', 'counted', 'lost'), { maxLength: 40 }),
      (outcomes) => {
        const session = new KeptSession();
        let counted = 0;
        for (const outcome of outcomes) {
          if (outcome !== 'lost') counted += 1;
          if (outcome === 'answered') session.answered(view, views(counted));
          else session.unanswered(view);
        }
        expect(session.problems).toEqual([]);
      },
    ),
  );
});
