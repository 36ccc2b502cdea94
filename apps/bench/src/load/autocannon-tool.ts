import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { ChildPool } from '../process/child-pool.ts';
import { connections } from '../settings.ts';
import { parseAutocannonOutput } from './autocannon-output.ts';
import type { LoadTool } from './load-tool.ts';

const packageSchema = z.object({ version: z.string(), bin: z.object({ autocannon: z.string() }) });

/** autocannon’s own command line, as a process. */
export function autocannonTool(children: ChildPool): LoadTool {
  const require = createRequire(import.meta.url);
  const packageFile = require.resolve('autocannon/package.json');
  const { version, bin } = packageSchema.parse(require(packageFile));
  const file = join(dirname(packageFile), bin.autocannon);
  return {
    description: `autocannon ${version} -c ${connections}`,
    requestsPerSecond: async (url, seconds) => {
      const { output, failure } = await children.run({
        name: 'autocannon',
        command: process.execPath,
        args: [file, '--json', '-c', String(connections), '-d', String(seconds), `${url}/`],
        timeoutMs: seconds * 1000 + 20_000,
      });
      if (output === '') throw failure('printed nothing');
      return parseAutocannonOutput(output);
    },
  };
}
