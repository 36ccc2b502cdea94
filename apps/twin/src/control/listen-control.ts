import type { Twin } from '../twin.ts';
import { createControlApi } from './control-api.ts';
import { type LoopbackServer, listenLoopback } from './listen-loopback.ts';

/** Serves the control API on the loopback interface. @throws ListenError */
export const listenControl = (twin: Twin, port: number): Promise<LoopbackServer> =>
  listenLoopback(createControlApi(twin), port);
