import { startGuarded } from './guarded-process.ts';
import { withMotoShortcuts } from './moto-shortcuts.ts';

export interface MotoServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts `moto_server` on a free port of 127.0.0.1 and resolves once it answers.
 *
 * @throws Error with moto’s last lines when it ends early, or does not answer within a minute
 */
export async function startMotoServer(executable: string): Promise<MotoServer> {
  const { ready: url, close } = await withMotoShortcuts((variables) =>
    startGuarded({
      name: 'moto_server',
      file: executable,
      args: ['-H', '127.0.0.1', '-p', '0'],
      // Attaching an AWS managed policy to a role fails without them.
      env: { ...process.env, ...variables, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true', PYTHONUNBUFFERED: '1' },
      readyLine: (line) => /Running on (http:\/\/\S+)/.exec(line)?.[1],
    }),
  );
  try {
    await (await fetch(`${url}/moto-api/`)).text();
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}
