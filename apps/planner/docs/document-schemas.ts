import { join } from 'node:path';
import { releaseRecordSchema, runRecordSchema } from '@tideline/evidence';
import { capacitySchema, planDocumentSchema } from '@tideline/planner';
import { comparisonSchema } from '@tideline/report';
import * as z from 'zod';
import { proofSchema } from '../src/prove/proof-schema.ts';
import { simulationSchema } from '../src/simulate/simulation-document.ts';

/** Folder of the generated JSON Schemas. */
export const schemasFolder = join(import.meta.dirname, '..', '..', '..', 'docs', 'reference', 'schemas');

const documents = {
  'run-record': { title: 'Tideline run record', schema: runRecordSchema },
  'release-record': { title: 'Tideline release record', schema: releaseRecordSchema },
  capacity: { title: 'Tideline capacity', schema: capacitySchema },
  simulation: { title: 'Tideline simulation', schema: simulationSchema },
  plan: { title: 'Tideline plan', schema: planDocumentSchema },
  proof: { title: 'Tideline proof', schema: proofSchema },
  comparison: { title: 'Tideline comparison', schema: comparisonSchema },
} as const;

/** JSON Schemas (draft 2020-12) of the documents that commands write, by file name. */
export const documentSchemas = (): Readonly<Record<string, object>> =>
  Object.fromEntries(
    Object.entries(documents).map(([name, { title, schema }]) => [
      `${name}.schema.json`,
      { title, ...z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }) },
    ]),
  );
