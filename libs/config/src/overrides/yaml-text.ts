import { parse } from 'yaml';

/**
 * The value of YAML 1.2, where `no` is text and not false; one document. A module of its own: it is loaded on demand, and
 * of a CommonJS package that is loaded so, a bundle in parts has no named exports.
 * @throws Error with the line where it is malformed
 */
export const parseYaml = (text: string): unknown => parse(text, { prettyErrors: true, maxAliasCount: 100 });
