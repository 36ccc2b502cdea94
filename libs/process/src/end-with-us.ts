import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';

/**
 * Keeps a list of processes, from lines of `<seconds> <pid>` and `- <pid>`, until its standard input ends: then lets each
 * run on that was stopped, gives it its seconds, and kills it with its group and, where /proc tells of it, its session, which a
 * process keeps when it goes to the background. A stopped process acts on no closed pipe and on no SIGTERM, so it takes
 * another process to end it.
 */
const watch = `
end_session() {
  kill -KILL -- "-$1"; kill -KILL "$1"
  for stat in /proc/[0-9]*/stat; do
    read -r line <"$stat" || continue
    pid=\${stat#/proc/}; pid=\${pid%/stat}
    set -- "$1" \${line##*) }
    [ "$5" = "$1" ] && kill -KILL "$pid"
  done
}
while read -r grace pid; do
  if [ "$grace" = - ]; then
    left=$#
    while [ "$left" -gt 0 ]; do
      one=$1; shift; left=$((left - 1))
      [ "\${one#*:}" = "$pid" ] || set -- "$@" "$one"
    done
  else set -- "$@" "$grace:$pid"
  fi
done
for one; do kill -CONT "\${one#*:}" 2>/dev/null; done
for one; do
  {
    grace=\${one%%:*}; pid=\${one#*:}
    while [ "$grace" -gt 0 ] && kill -0 "$pid"; do sleep 1; grace=$((grace - 1)); done
    end_session "$pid"
  } 2>/dev/null &
done
wait`;

/** The one that watches over the children of this process; it comes with the first of them, and goes with the last. */
let watcher: Writable | undefined;
let watchedCount = 0;

/**
 * Sees to it that a child, stopped or not, does not outlive this process, however this process ends, SIGKILL included.
 * Where there is no `/bin/sh` the child is not watched.
 *
 * @param graceSeconds whole seconds that it gets to end by itself, once this process is gone
 */
export function endWithUs(child: ChildProcess, graceSeconds: number): void {
  const { pid } = child;
  if (pid === undefined) return;
  watcher ??= startWatcher();
  watcher.write(`${graceSeconds} ${pid}\n`);
  watchedCount += 1;
  child.once('exit', () => {
    watcher?.write(`- ${pid}\n`);
    watchedCount -= 1;
    if (watchedCount > 0) return;
    watcher?.end();
    watcher = undefined;
  });
}

function startWatcher(): Writable {
  const shell = spawn('/bin/sh', ['-c', watch], {
    // Neither a terminal’s signals nor the folder of a user who wants to remove it are the watcher’s.
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Children are not left alone by a watcher that has been killed: the next one starts another.
  const gone = (): void => {
    if (watcher === shell.stdin) watcher = undefined;
  };
  shell.once('error', gone).once('exit', gone).unref();
  shell.stdin.on('error', () => undefined);
  if (shell.stdin instanceof Socket) shell.stdin.unref();
  return shell.stdin;
}
