import { resourceNames } from '@tideline/config';
import { type Resource, type Synthesis, first } from '../synthesise.ts';

/** A number of the description that is at work, in Terraform and in the description that the twin executes. */
export type Row = readonly [
  name: string,
  inTerraform: (synthesis: Synthesis) => unknown,
  inDescription: (synthesis: Synthesis) => unknown,
];

export const taskOf = ({ all }: Synthesis, name: string): Resource =>
  all('aws_ecs_task_definition').find(({ family }) => family === name) ?? {};
/** The definition of the backend’s task. */
export const appTask = (synthesis: Synthesis): Resource =>
  taskOf(synthesis, resourceNames(synthesis.environment).service);
export const appContainer = (synthesis: Synthesis): Resource =>
  first(JSON.parse(String(appTask(synthesis).container_definitions)));
