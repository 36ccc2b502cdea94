import { EventEmitter } from 'node:events';
import { expect, test } from '@jest/globals';
import { ConfigurationGate } from './configuration-gate.ts';

class FakeSession extends EventEmitter {
  destroyed = false;

  close(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

/** Sessions at a gate. @returns a way to enter, and who has entered so far */
function sessionsAtAGate() {
  const gate = new ConfigurationGate();
  const entered: string[] = [];
  const enter = (name: string, configuration: string): FakeSession => {
    const session = new FakeSession();
    void gate.enter(session, Buffer.from(configuration)).then(() => entered.push(name));
    return session;
  };
  const seen = async (): Promise<readonly string[]> => {
    await new Promise(setImmediate);
    return entered;
  };
  return { enter, seen };
}

test('sessions of one configuration enter together, another once the last of them has closed', async () => {
  const { enter, seen } = sessionsAtAGate();
  const [first, second] = [enter('first', 'network'), enter('second', 'network')];
  const third = enter('third', 'registry');
  enter('fourth', 'data');
  expect(await seen()).toEqual(['first', 'second']);
  first.close();
  expect(await seen()).toEqual(['first', 'second']);
  second.close();
  expect(await seen()).toEqual(['first', 'second', 'third']);
  third.close();
  expect(await seen()).toEqual(['first', 'second', 'third', 'fourth']);
});

test('a session that closes while it waits keeps no other waiting', async () => {
  const { enter, seen } = sessionsAtAGate();
  const first = enter('first', 'network');
  const gone = enter('gone', 'registry');
  enter('last', 'data');
  gone.close();
  first.close();
  expect(await seen()).toEqual(['first', 'gone', 'last']);
});
