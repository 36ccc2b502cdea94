import { expect, test } from '@jest/globals';
import { containerEngines, firstWorkingEngine, imageBuilders } from './container-engines.ts';

/** Programs that are installed, with what their `info` prints last; null: they work. */
const installed = (answers: Readonly<Record<string, string | null>>) => (name: string) => {
  const answer = answers[name];
  if (answer === undefined) return Promise.resolve(null);
  return Promise.resolve(answer === null ? { exitCode: 0, lines: [] } : { exitCode: 1, lines: [answer] });
};

test('the first that works is taken, in the order of preference', async () => {
  const all = installed({ docker: null, podman: null, buildah: null });
  expect(await firstWorkingEngine(imageBuilders, all)).toEqual({ engine: 'docker', reasons: '' });
  const last = await firstWorkingEngine(imageBuilders, installed({ buildah: null }));
  expect(last).toEqual({ engine: 'buildah', reasons: 'docker: not installed; podman: not installed' });
  expect((await firstWorkingEngine(containerEngines, installed({ buildah: null }))).engine).toBeNull();
});

test('a client without its engine is told from one that fails otherwise', async () => {
  const { reasons } = await firstWorkingEngine(
    containerEngines,
    installed({ docker: 'Cannot connect to the Docker daemon', podman: 'no space left' }),
  );
  expect(reasons).toMatch(
    /^docker: only a client, whose engine does not answer: Cannot connect to the Docker daemon\. Start the engine \(.*\); podman: no space left$/,
  );
});
