import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type TaskContainer, TaskProcesses } from '../src/tasks/task-processes.ts';

const log = { logGroupName: '/ecs/load', logStreamName: 'task/load-runner/1' };
const container: TaskContainer = {
  command: ['/reports'],
  environment: { SAID: 'hello' },
  volumePaths: [],
  log,
};

let processes: TaskProcesses;
let lines: string[];
/** Resolves at each line. */
let onLine: (line: string) => void;

beforeEach(() => {
  lines = [];
  onLine = () => undefined;
  processes = new TaskProcesses({
    environment: {},
    log: (_stream, line) => {
      lines.push(line);
      onLine(line);
      return Promise.resolve();
    },
  });
});
afterEach(() => processes.close());

const program = (source: string) => ({
  file: process.execPath,
  args: ['--input-type=module', '-e', source, '--'],
});
const nextLine = () => new Promise<string>((resolve) => (onLine = resolve));

test('a process has the container’s variables and arguments, and its end is the task’s', async () => {
  processes.start(
    'a',
    program('console.log(process.env.SAID, ...process.argv.slice(1)); process.exitCode = 3'),
    container,
  );
  await processes.ended('a');
  expect(lines).toEqual(['hello /reports']);
  expect(processes.state('a')).toEqual({
    ...{ lastStatus: 'STOPPED', desiredStatus: 'STOPPED', exitCode: 3 },
    ...{ stopCode: 'EssentialContainerExited', stoppedReason: 'Essential container in task exited' },
  });
});

test('a task ends though its lines can no longer be kept', async () => {
  const without = new TaskProcesses({
    environment: {},
    log: () => Promise.reject(new Error('the log group is gone')),
  });
  without.start('a', program('console.log(1)'), container);
  await without.ended('a');
  expect(without.state('a')).toMatchObject({ lastStatus: 'STOPPED', exitCode: 0 });
});

test('a volume is a folder of its own', async () => {
  processes.start('a', program('console.log(process.argv[1])'), { ...container, volumePaths: ['/reports'] });
  await processes.ended('a');
  expect(lines[0]).toMatch(/^\/.+\/tideline-task-\w+\/reports$/);
});

test('a stopped process may end in order, and the task keeps the user’s reason', async () => {
  const started = nextLine();
  processes.start(
    'a',
    program("process.on('SIGTERM', () => process.exit(130)); setInterval(() => {}, 1000); console.log('up')"),
    container,
  );
  await started;
  processes.stop('a', { reason: 'enough', timeoutSeconds: 60 });
  await processes.ended('a');
  expect(processes.state('a')).toMatchObject({
    stopCode: 'UserInitiated',
    stoppedReason: 'enough',
    exitCode: 130,
  });
});

test('a process that is killed has the exit code of its signal', async () => {
  const started = nextLine();
  processes.start('a', program('setInterval(() => {}, 1000); console.log(process.pid)'), container);
  process.kill(Number(await started), 'SIGKILL');
  await processes.ended('a');
  expect(processes.state('a')).toMatchObject({ stopCode: 'EssentialContainerExited', exitCode: 137 });
});

test('a program that does not exist is an image that cannot be pulled', async () => {
  processes.start('a', { file: '/nowhere/program', args: [] }, container);
  await processes.ended('a');
  expect(processes.state('a')).toMatchObject({
    ...{ lastStatus: 'STOPPED', stopCode: 'TaskFailedToStart' },
    stoppedReason: expect.stringMatching(/^CannotPullContainerError: .*ENOENT/),
  });
});
