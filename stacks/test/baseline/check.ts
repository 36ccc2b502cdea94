import { type Resource, type Synthesis, everyResource, first } from '../synthesise.ts';

/** What a control finds: `absent` where nothing is there that it looks at. */
export type Finding = 'pass' | 'fail' | 'absent';
export type Check = (synthesis: Synthesis) => Finding;

/** Passes where every one of them holds. */
export const every = <Item>(items: readonly Item[], holds: (item: Item) => boolean): Finding =>
  items.length === 0 ? 'absent' : items.every(holds) ? 'pass' : 'fail';

/** Looks at every resource of a type. */
export const each =
  (type: string, holds: (resource: Resource, synthesis: Synthesis) => boolean): Check =>
  (synthesis) =>
    every(synthesis.all(type), (resource) => holds(resource, synthesis));

/**
 * A control of the account or of something that is never made: absent while there is none of `type` and the reason for that
 * holds.
 */
export const neverMade =
  (type: string, because: (synthesis: Synthesis) => boolean = () => true): Check =>
  (synthesis) =>
    synthesis.all(type).length === 0 && because(synthesis) ? 'absent' : 'fail';

/** A field of the only block of that name. */
export const inBlock = (resource: Resource, block: string, field: string): unknown =>
  (first(resource[block]) as Resource | undefined)?.[field];

/** Whether a resource of `type` refers to `name`, the address of another, in `field`. */
export const refersTo = (synthesis: Synthesis, type: string, field: string) => (name: string) =>
  synthesis.all(type).some((resource) => String(resource[field]).includes(`.${name}.`));

/** Addresses of the resources of a type. */
export const addressesOf = (synthesis: Synthesis, type: string): readonly string[] =>
  everyResource(synthesis)
    .filter((resource) => resource.type === type)
    .map(({ name }) => name);

/** Every container of every task definition. */
export const containers = ({ all }: Synthesis): readonly Resource[] =>
  all('aws_ecs_task_definition').flatMap(
    ({ container_definitions }) => JSON.parse(String(container_definitions)) as Resource[],
  );
