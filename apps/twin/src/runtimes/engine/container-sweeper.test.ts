import { afterEach, expect, test } from '@jest/globals';
import { ContainerSweeper } from './container-sweeper.ts';
import type { Engine } from './engine.ts';

const engine = { file: '/bin/true' } as Engine;
const sweepers: ContainerSweeper[] = [];

function made(): ContainerSweeper {
  const sweeper = new ContainerSweeper(engine);
  sweepers.push(sweeper);
  return sweeper;
}

afterEach(() => {
  for (const sweeper of sweepers.splice(0)) sweeper.sweep();
});

test('each sweeper of a process removes only its own containers', () => {
  const [first, second] = [made(), made()];
  expect(first.label).not.toBe(second.label);
  expect(first.nameOf('task-1')).not.toBe(second.nameOf('task-1'));
});

test('a name begins with the process that it belongs to', () => {
  expect(made().nameOf('task-1')).toMatch(new RegExp(`^tideline-twin-${process.pid}-\\d+-\\d+-task-1$`));
});
