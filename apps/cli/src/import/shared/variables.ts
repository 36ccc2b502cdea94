import type { ImportDraft } from '../list/import-draft.ts';
import type { SourceNode } from '../source/source-node.ts';

const nameForm = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;
const longestValue = 32_768;
const wrongName = 'a variable’s name has letters, digits and underscores here, and begins with no digit';

/** Names of what has no place in a file that Git keeps. */
const secretName =
  /(^|_)(PASS(WORD|WD|PHRASE)?|SECRETS?|TOKEN|CREDENTIALS?|(API|PRIVATE|ACCESS|SECRET|ENCRYPTION|SIGNING|MASTER)_?KEY)(_|$)/i;
/** A URL with a password in it. */
const secretUrl = /:\/\/[^/\s:@]*:[^/\s@]+@/;

export interface Variable {
  readonly name: string;
  readonly value: unknown;
  /** Where the source has it, name and value. */
  readonly from: readonly SourceNode[];
}

/** Carries a variable over, unless it is a secret or another field sets it. @param port that the container listens on */
export function putVariable(draft: ImportDraft, { name, value, from }: Variable, port: number): void {
  const isText = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  const text = isText ? String(value) : '';
  const reason = isText
    ? whyNot(name, text, port)
    : `container.environment.${name} takes text; set it by hand`;
  if (reason !== null) for (const node of from) draft.leave(node, reason);
  else if (name === 'PORT') for (const node of from) draft.hold(node, 'container.port');
  else draft.put(`container.environment.${name}`, text, ...from);
}

/** Why a variable is not carried over; null where it is. */
function whyNot(name: string, text: string, port: number): string | null {
  if (!nameForm.test(name)) return wrongName;
  if (text.length > longestValue) return `a variable has up to ${longestValue} characters`;
  if (name === 'PORT')
    return text === String(port) ? null : `PORT is set from container.port, which is ${port}`;
  return secretName.test(name) || secretUrl.test(text)
    ? `it looks like a secret, which belongs in no description. Keep it in Secrets Manager or Systems Manager and name its ARN in container.secrets.${name}; if it is none, set container.environment.${name}`
    : null;
}

const arnForm =
  /^arn:aws[a-z-]*:(secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@-]+(:[A-Za-z0-9/_+=.@-]*:[A-Za-z0-9/_+=.@-]*:[A-Za-z0-9-]*)?|ssm:[a-z0-9-]+:\d{12}:parameter\/[A-Za-z0-9/_.-]+)$/;
const parameterName = /^\/?[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/;

/** Account and Region that a parameter’s name leaves open. */
export interface Place {
  readonly partition: string;
  readonly region: string | null;
  readonly account: string | null;
}

/** Carries a secret over: an ARN as it is, a parameter’s name as the ARN that it has in a known account and Region. */
export function putSecret(draft: ImportDraft, { name, value, from }: Variable, place: Place): void {
  const result = draft.has(`container.environment.${name}`)
    ? { reason: 'a variable of the same name is there already' }
    : secretArn(name, value, place);
  if ('arn' in result) draft.put(`container.secrets.${name}`, result.arn, ...from);
  else for (const node of from) draft.leave(node, result.reason);
}

/** The ARN of a secret, or why there is none. */
function secretArn(
  name: string,
  value: unknown,
  { partition, region, account }: Place,
): { readonly arn: string } | { readonly reason: string } {
  const to = `container.secrets.${name}`;
  if (!nameForm.test(name)) return { reason: wrongName };
  if (typeof value === 'string' && arnForm.test(value)) return { arn: value };
  if (typeof value !== 'string' || value.startsWith('arn:') || !parameterName.test(value))
    return {
      reason: `${to} takes an ARN of Secrets Manager or Systems Manager as AWS shows it; write it there by hand`,
    };
  const parameter = value.replace(/^\//, '');
  if (region === null || account === null)
    return {
      reason: `it names a parameter of Systems Manager; ${to} takes its ARN, and the source does not say the account and the Region. Write arn:aws:ssm:<region>:<account>:parameter/${parameter} (from Copilot, --region and --account do so)`,
    };
  return { arn: `arn:${partition}:ssm:${region}:${account}:parameter/${parameter}` };
}

/** The partition of a Region. */
export const partitionOfRegion = (region: string): string =>
  region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
