import type { ImportDraft } from '../list/import-draft.ts';
import { partitionOfRegion, putSecret, putVariable } from '../shared/variables.ts';
import type { SourceNode } from '../source/source-node.ts';
import type { CopilotOptions } from './import-copilot.ts';
import { fillIn } from './placeholders.ts';

const fromStack =
  'its value is the export of a CloudFormation stack, which is known at AWS alone. Look it up, and set';

/** Converts `variables` and `secrets`. */
export function convertVariables(
  draft: ImportDraft,
  service: SourceNode,
  { env, region, account, port }: CopilotOptions & { readonly port: number },
): void {
  for (const [name, node] of service.at('variables').entries) {
    if (node.at('from_cfn').isPresent) {
      draft.leave(node, `${fromStack} container.environment.${name}`);
      continue;
    }
    const value = filled(draft, node, env);
    if (value !== undefined) putVariable(draft, { name, value, from: [node] }, port);
  }
  const place = {
    partition: partitionOfRegion(region ?? ''),
    region: region ?? null,
    account: account ?? null,
  };
  for (const [name, node] of service.at('secrets').entries) {
    const named = node.kind === 'map' ? node.at('secretsmanager') : node;
    if (node.at('from_cfn').isPresent) draft.leave(node, `${fromStack} container.secrets.${name} to its ARN`);
    else if (!named.isPresent) draft.leave(node, `container.secrets.${name} takes an ARN`);
    else {
      const value = filled(draft, named, env);
      if (value === undefined) continue;
      if (node.kind === 'map' && !(typeof value === 'string' && value.startsWith('arn:')))
        draft.leave(
          named,
          `a secret’s ARN ends in six characters that its name does not show. Look it up (aws secretsmanager describe-secret), and write it to container.secrets.${name}`,
        );
      else putSecret(draft, { name, value, from: [named] }, place);
    }
  }
}

/** The value with what Copilot would fill in; undefined, and left, where that is not known here. */
function filled(draft: ImportDraft, node: SourceNode, env: string | undefined): unknown {
  if (node.text === undefined) return node.value;
  const { text, open } = fillIn(node.text, env);
  if (open.length === 0) return text;
  draft.leave(node, `Copilot fills in ${open.join(', ')} at deployment; write the value out by hand`);
  return undefined;
}
