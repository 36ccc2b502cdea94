import type { ImportDraft } from '../list/import-draft.ts';
import type { SourceNode } from '../source/source-node.ts';

/** A path of the container’s own server in a command line. */
const ownUrl =
  /\b(?:https?:\/\/)?(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::\d+|:\$\{?\w+\}?)?(\/[^\s"'|;&)\\]*)?/;

/** The command of a health check as an image runs it: Docker and ECS mark it by CMD or CMD-SHELL; undefined where it is none. */
function checkCommand(test: unknown): readonly string[] | undefined {
  if (typeof test === 'string') return test === '' ? undefined : ['/bin/sh', '-c', test];
  if (!Array.isArray(test) || !test.every((word) => typeof word === 'string' && word !== ''))
    return undefined;
  const [mark, ...rest] = test as readonly string[];
  if (rest.length === 0) return undefined;
  if (mark === 'CMD') return rest.length <= 50 ? rest : undefined;
  return mark === 'CMD-SHELL' && rest.length === 1 ? ['/bin/sh', '-c', ...rest] : undefined;
}

/** The path that a health command asks of its own server; null where it shows none. */
function pathOfCommand(command: readonly string[]): string | null {
  const match = ownUrl.exec(command.join(' '));
  return match === null ? null : (match[1] ?? '/');
}

/** Carries the command of a container’s health check over. @returns the command; undefined where there is none or it is left */
export function putCheckCommand(draft: ImportDraft, test: SourceNode): readonly string[] | undefined {
  if (!test.isPresent) return undefined;
  const command = checkCommand(test.value);
  if (command === undefined) {
    draft.leave(
      test,
      'container.healthCheck.command takes CMD with 1 to 50 words, or CMD-SHELL with one line',
    );
    return undefined;
  }
  draft.put('container.healthCheck', { kind: 'command', command }, test);
  return command;
}

/** Where the source has no probe from outside: the path that the command asks, or any answer below 500. */
export function choosePath(draft: ImportDraft, command: readonly string[] | undefined): void {
  const path = command === undefined ? null : pathOfCommand(command);
  if (path !== null) {
    draft.choose(
      'healthCheck.path',
      path,
      'the path that the container’s own health check asks; the balancer asks it as well, and it must answer 200',
    );
    return;
  }
  draft.choose(
    'healthCheck.path',
    '/',
    'the source does not show a path that the balancer could probe. Set it to the health path of the service',
  );
  if (command === undefined)
    draft.choose(
      'container.healthCheck',
      { kind: 'none' },
      'without a known health path any answer below 500 counts as healthy. Set its kind to http once healthCheck.path is right',
    );
  else
    draft.change(
      draft.sourceOf('container.healthCheck'),
      'the balancer probes as well, and healthCheck.path must answer 200 to it',
    );
}
