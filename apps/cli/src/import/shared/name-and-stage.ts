import type { ImportDraft } from '../list/import-draft.ts';
import type { SourceNode } from '../source/source-node.ts';

/** A balancer’s name has 32 characters, of which `-alb` and hyphens take some; a stage is short. */
const longestProject = 17;
const longestStage = 10;

/** Names that AWS reserves for what it makes of them (errors/reserved-name.ts of libs/config refuses them). */
const reserved = /^(internal-|sg-|xn--|sthree-|amzn-s3-demo-|aws|ecs|fargate)/;

function shortName(text: string, longest: number): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, longest)
    .replace(/-+$/, '');
  return name === '' || reserved.test(name) ? `app-${name}`.slice(0, longest).replace(/-+$/, '') : name;
}

/** Names the project after the service. @returns the project */
export function putProject(draft: ImportDraft, from: SourceNode, name: string): string {
  const project = shortName(name, longestProject);
  draft.put('project', project, from);
  if (project !== name)
    draft.change(
      from,
      `project is ${project}: it takes up to ${longestProject} lower-case letters, digits and hyphens here, since it begins every resource’s name`,
    );
  return project;
}

/** A stage after an environment’s name. */
export const stageOf = (name: string): string => shortName(name, longestStage);
