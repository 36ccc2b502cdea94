import { protobufFields } from './protobuf-fields.ts';

/** Fields of Terraform’s `GetProviderSchema.Response` that map a type’s name to its schema: tfplugin5.proto, 5.6. */
const schemasByType = new Set([
  2, // resources
  3, // data sources
  8, // ephemeral resources
]);

/**
 * A provider’s answer to GetSchema without the types that are not named. The provider’s own settings, its functions and
 * whatever else the answer holds stay as they are, byte for byte.
 *
 * @throws RangeError when the answer is not a Protocol Buffers message
 */
export function reduceSchema(answer: Buffer, types: ReadonlySet<string>): Buffer {
  const kept = [...protobufFields(answer)].filter(
    ({ number, content }) => !schemasByType.has(number) || types.has(entryName(content)),
  );
  return Buffer.concat(kept.map(({ bytes }) => bytes));
}

/** The key of an entry of a map, which a map leaves out where it is empty. */
function entryName(entry: Buffer): string {
  for (const { number, content } of protobufFields(entry)) if (number === 1) return content.toString('utf8');
  return '';
}
