import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

const byType = z.record(z.string(), z.unknown()).default({});
const stack = z.object({ resource: byType, data: byType, ephemeral: byType });

/**
 * Resource, data and ephemeral types that the stacks in an output folder of CDKTF name. None while nothing has been
 * synthesised there.
 */
export async function synthesisedTypes(output: string): Promise<ReadonlySet<string>> {
  const folder = join(output, 'stacks');
  const stacks = await readdir(folder).catch(() => []);
  const files = await Promise.all(
    stacks.map((name) => readFile(join(folder, name, 'cdk.tf.json'), 'utf8').catch(() => '{}')),
  );
  return new Set(files.flatMap((file) => Object.values(stack.parse(JSON.parse(file))).flatMap(Object.keys)));
}

/** Folder of the one stack, of those in an output folder of CDKTF, whose resources name files: the archive of a Lambda function. */
export const folderOfFiles = (output: string): string => join(output, 'stacks', 'service');
