import { PipelineError } from '../pipeline-error.ts';

/** The account to work in. @throws PipelineError TL-PIPE-ACCOUNT unless it has 12 digits */
export function readAccountId(variables: Readonly<Record<string, string | undefined>>): string {
  const value = variables.AWS_ACCOUNT_ID ?? '';
  if (/^\d{12}$/.test(value)) return value;
  throw new PipelineError(
    'TL-PIPE-ACCOUNT',
    `AWS_ACCOUNT_ID ${value === '' ? 'is not set' : `is "${value}"`}; it must name the account to work in by its 12 digits. It guards against the wrong credentials: export AWS_ACCOUNT_ID=123456789012`,
  );
}
