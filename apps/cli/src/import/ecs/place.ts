import type { Place } from '../shared/variables.ts';
import type { SourceNode } from '../source/source-node.ts';

/** Partition, Region and account, from the ARNs that AWS puts into its answers. */
export function placeOf(taskDefinition: SourceNode, service: SourceNode): Place {
  const arns = [service.at('serviceArn').text, taskDefinition.at('taskDefinitionArn').text];
  for (const arn of arns) {
    const match = /^arn:(aws[a-z-]*):ecs:([a-z0-9-]+):(\d{12}):/.exec(arn ?? '');
    if (match !== null)
      return { partition: match[1] ?? 'aws', region: match[2] ?? null, account: match[3] ?? null };
  }
  return { partition: 'aws', region: null, account: null };
}
