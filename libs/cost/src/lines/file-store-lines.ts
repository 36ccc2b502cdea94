import type { Environment } from '@tideline/config';
import type { UnpricedLine } from '../line-item.ts';
import { type Usage, monthlyRequests } from '../usage.ts';

const line = { part: 'files', stack: 'data' } as const;

/** What the colder storage classes are called, and what they cost. */
const coldClasses = {
  STANDARD_IA: { name: 'Standard-IA', storage: 's3.standardIa', transitions: 's3.thousandTransitions' },
  GLACIER_IR: {
    name: 'Glacier Instant Retrieval',
    storage: 's3.glacierIr',
    transitions: 's3.glacierIrThousandTransitions',
  },
} as const;

/** Where uploaded files live: what is stored, and what is asked. */
export function fileStoreLines({ files }: Environment, usage: Usage): readonly UnpricedLine[] {
  if (files.store === 'none') return [];
  const { uploadsGigabytes, coldUploadsGigabytes, uploadsPerThousandRequests } = usage.assumptions;
  const cold = coldClasses[files.coldStorageClass];
  const thousandUploads = (monthlyRequests(usage) / 1e6) * uploadsPerThousandRequests;
  const share = `${uploadsPerThousandRequests} of 1,000 requests`;
  return [
    {
      ...line,
      id: 'files.standard',
      resource: 'Uploaded files, S3 Standard',
      quantity: uploadsGigabytes,
      price: 's3.standard',
      note: `younger than ${files.coldAfterDays} days`,
    },
    {
      ...line,
      id: 'files.cold',
      resource: `Uploaded files, S3 ${cold.name}`,
      quantity: coldUploadsGigabytes,
      price: cold.storage,
      note: `older than ${files.coldAfterDays} days${files.expireAfterDays === null ? '; more every month, as none is deleted' : ''}`,
    },
    {
      ...line,
      id: 'files.writes',
      resource: 'S3 uploads',
      quantity: thousandUploads,
      price: 's3.thousandWrites',
      note: share,
    },
    {
      ...line,
      id: 'files.reads',
      resource: 'S3 downloads',
      quantity: thousandUploads,
      price: 's3.thousandReads',
      note: share,
    },
    {
      ...line,
      id: 'files.transitions',
      resource: `S3 moves to ${cold.name}`,
      quantity: thousandUploads,
      price: cold.transitions,
      note: 'every upload, once; none is deleted before',
    },
  ];
}
