import { ImportDraft, type Imported } from '../list/import-draft.ts';
import { chooseCommon } from '../shared/choices.ts';
import { leaveFields } from '../shared/left-fields.ts';
import { putProject } from '../shared/name-and-stage.ts';
import type { SourceNode } from '../source/source-node.ts';
import { convertCapacity } from './capacity.ts';
import { chooseContainer } from './choose-container.ts';
import { convertCompute } from './compute.ts';
import { convertContainer } from './container.ts';
import { convertPolicies } from './policies.ts';
import { convertSchedules } from './schedules.ts';
import { convertService } from './service.ts';
import { serviceOf, taskDefinitionOf } from './sources.ts';
import { convertAttributes, targetGroupOf } from './target-group.ts';
import { placeOf } from './place.ts';
import { taskDefinitionWithoutField } from './without-field.ts';

/** Answers of AWS, as its command line prints them. */
export interface EcsSources {
  readonly taskDefinition: SourceNode;
  /** describe-services */
  readonly service?: SourceNode;
  /** elbv2 describe-target-groups */
  readonly targetGroups?: SourceNode;
  /** elbv2 describe-target-group-attributes */
  readonly targetGroupAttributes?: SourceNode;
  /** describe-scalable-targets */
  readonly targets?: SourceNode;
  /** describe-scaling-policies */
  readonly policies?: SourceNode;
  /** cloudwatch describe-alarms */
  readonly alarms?: SourceNode;
  /** describe-scheduled-actions */
  readonly scheduledActions?: SourceNode;
}

export interface EcsOptions {
  readonly container?: string;
}

/** Converts a task definition, and what the answers say of its service. @throws UsageError */
export function importEcs(sources: EcsSources, options: EcsOptions): Imported {
  const draft = new ImportDraft();
  const taskDefinition = taskDefinitionOf(sources.taskDefinition);
  const service = serviceOf(draft, sources.service, taskDefinition);
  const name = service.at('serviceName').isPresent ? service.at('serviceName') : taskDefinition.at('family');
  putProject(draft, name, name.text ?? 'app');
  draft.leave(taskDefinition.at('family'), 'the task definition is named after project and stage');
  const place = placeOf(taskDefinition, service);
  if (place.region !== null) draft.choose('region', place.region, 'the Region in the ARNs of the source');
  const container = chooseContainer(draft, { taskDefinition, service, named: options.container });
  convertCompute(draft, { taskDefinition, service, container });
  const group = targetGroupOf(draft, { answer: sources.targetGroups, service });
  convertContainer(draft, { container, service, group, place });
  convertAttributes(draft, sources.targetGroupAttributes);
  convertService(draft, service);
  leaveFields(draft, taskDefinition, taskDefinitionWithoutField);
  draft.leave(sources.taskDefinition.at('tags'), 'resources carry the tags of the environment');
  const scaled = { service, targets: sources.targets, policies: sources.policies };
  convertCapacity(draft, scaled);
  convertPolicies(draft, { ...scaled, alarms: sources.alarms });
  convertSchedules(draft, sources.scheduledActions, service);
  chooseCommon(draft);
  const all = Object.values(sources) as readonly SourceNode[];
  return draft.finish(all, 'no field of a description corresponds to it');
}
