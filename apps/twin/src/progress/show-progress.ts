import { createLogUpdate } from 'log-update';
import type { ServiceEvent } from '@tideline/evidence';
import type { Twin } from '../twin.ts';
import { formatCloudTime, formatStatus, formatStatusLine } from './format-status.ts';
import { StatusReader } from './status.ts';

const liveIntervalMs = 250;
const plainIntervalMs = 5000;

export interface Progress {
  event(event: ServiceEvent): void;
  /** Shows a line that stays. */
  line(text: string): void;
  /** Ends the display; further calls do nothing. */
  stop(): void;
}

/** Shows the twin at work: a display that rewrites itself on a terminal, plain lines elsewhere. */
export function showProgress(twin: Twin, stream: NodeJS.WriteStream): Progress {
  const reader = new StatusReader(twin);
  return stream.isTTY ? showLive(reader, stream) : showPlain(reader, stream);
}

function showLive(reader: StatusReader, stream: NodeJS.WriteStream): Progress {
  const update = createLogUpdate(stream);
  const draw = (): void => update(formatStatus(reader.read()).join('\n'));
  const timer = setInterval(draw, liveIntervalMs);
  let stopped = false;
  return {
    event: () => undefined,
    line: (text) => {
      if (stopped) return;
      update.clear();
      stream.write(`${text}\n`);
      draw();
    },
    stop: () => {
      if (stopped) return;
      stopped = true;
      clearInterval(timer);
      draw();
      update.done();
    },
  };
}

function showPlain(reader: StatusReader, stream: NodeJS.WriteStream): Progress {
  const timer = setInterval(() => stream.write(`${formatStatusLine(reader.read())}\n`), plainIntervalMs);
  return {
    line: (text) => stream.write(`${text}\n`),
    event: ({ cloudSeconds, message }) => stream.write(`${formatCloudTime(cloudSeconds)} ${message}\n`),
    stop: () => clearInterval(timer),
  };
}
