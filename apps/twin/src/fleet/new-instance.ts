import { randomBytes } from 'node:crypto';
import type { Environment } from '@tideline/config';

/** A time within the assumed bounds, evenly spread. */
export const spreadEvenly = ({ min, max }: { readonly min: number; readonly max: number }): number =>
  min + Math.random() * (max - min);

/** What chance decides of a launched EC2 instance: its id, and the cloud time that its start takes. */
export const newInstance = ({
  assumptions,
}: Pick<Environment, 'assumptions'>): { readonly id: string; readonly startSeconds: number } => ({
  id: `i-${randomBytes(9).toString('hex').slice(1)}`,
  startSeconds: spreadEvenly(assumptions.instanceStartSeconds),
});
