import type { ImportDraft } from '../list/import-draft.ts';
import type { SourceNode } from '../source/source-node.ts';

const nameForm = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;
const longestValue = 32_768;

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
  const leave = (reason: string): void => from.forEach((node) => draft.leave(node, reason));
  if (!nameForm.test(name))
    return leave('a variable’s name has letters, digits and underscores here, and begins with no digit');
  if (typeof value === 'object' || value === undefined)
    return leave(`container.environment.${name} takes text; set it by hand`);
  const text = String(value);
  if (text.length > longestValue) return leave(`a variable has up to ${longestValue} characters`);
  if (name === 'PORT' && text === String(port)) {
    for (const node of from) draft.hold(node, 'container.port');
    return;
  }
  if (name === 'PORT') return leave(`PORT is set from container.port, which is ${port}`);
  if (secretName.test(name) || secretUrl.test(text))
    return leave(
      `it looks like a secret, which belongs in no description. Keep it in Secrets Manager or Systems Manager and name its ARN in container.secrets.${name}; if it is none, set container.environment.${name}`,
    );
  draft.put(`container.environment.${name}`, text, ...from);
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
  const leave = (reason: string): void => from.forEach((node) => draft.leave(node, reason));
  const to = `container.secrets.${name}`;
  if (!nameForm.test(name))
    return leave('a variable’s name has letters, digits and underscores here, and begins with no digit');
  if (draft.has(`container.environment.${name}`))
    return leave('a variable of the same name is there already');
  if (typeof value !== 'string') return leave(`${to} takes an ARN of Secrets Manager or Systems Manager`);
  if (arnForm.test(value)) return draft.put(to, value, ...from);
  if (value.startsWith('arn:') || !parameterName.test(value))
    return leave(
      `${to} takes an ARN of Secrets Manager or Systems Manager as AWS shows it; write it there by hand`,
    );
  const { partition, region, account } = place;
  const parameter = value.replace(/^\//, '');
  if (region === null || account === null)
    return leave(
      `it names a parameter of Systems Manager; ${to} takes its ARN, and the source does not say the account and the Region. Import again with --account and --region, or write arn:aws:ssm:<region>:<account>:parameter/${parameter}`,
    );
  return draft.put(to, `arn:${partition}:ssm:${region}:${account}:parameter/${parameter}`, ...from);
}

/** The partition of a Region. */
export const partitionOfRegion = (region: string): string =>
  region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
