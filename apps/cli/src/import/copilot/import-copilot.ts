import { ImportDraft, type Imported } from '../list/import-draft.ts';
import { chooseCommon } from '../shared/choices.ts';
import { leaveFields } from '../shared/left-fields.ts';
import { putProject, stageOf } from '../shared/name-and-stage.ts';
import { words } from '../source/readers.ts';
import type { SourceNode } from '../source/source-node.ts';
import { importError } from '../import-error.ts';
import { showText } from '../shared/show-text.ts';
import { environmentOf } from './copilot-environment.ts';
import { convertCount } from './count.ts';
import { convertHttp } from './http.ts';
import { convertImage } from './image.ts';
import { convertSettings } from './settings.ts';
import { convertVariables } from './copilot-variables.ts';

export interface CopilotOptions {
  /** Environment whose overrides are laid over the manifest. */
  readonly env?: string;
  readonly region?: string;
  readonly account?: string;
}

const serviceType = 'Load Balanced Web Service';

/** What a description has no field for, with what there is instead. */
const withoutField: Readonly<Record<string, string>> = {
  nlb: 'no Network Load Balancer is described: an Application Load Balancer takes the requests',
  exec: 'ECS Exec is not set up: no shell leads into a task',
  env_file: 'the file is not read here. Copy its variables into container.environment',
  publish:
    'no SNS topics are described. Keep them where they are, and name their ARNs in container.environment',
  subscribe: 'no queues are described',
  taskdef_overrides:
    'a task definition is made of the description alone. Look for a field of the same meaning in container',
};

/** Converts the manifest of a Load Balanced Web Service. @throws UsageError */
export function importCopilot(manifest: SourceNode, options: CopilotOptions): Imported {
  const type = manifest.at('type').value;
  if (type !== serviceType)
    throw importError(
      'TL-IMPORT-SOURCE',
      `type is ${showText(type)}; allowed: "${serviceType}". Only such a service has a balancer and scales on its load`,
    );
  const draft = new ImportDraft();
  draft.hold(manifest.at('type'), 'loadBalancer');
  const service = environmentOf(draft, manifest, options.env);
  const project = putProject(draft, service.at('name'), service.at('name').text ?? 'app');
  if (options.env !== undefined) draft.choose('stage', stageOf(options.env), 'named after --env');
  if (options.region !== undefined) draft.choose('region', options.region, 'as --region says');
  const port = convertImage(draft, service, project);
  convertHttp(draft, service, port);
  convertCount(draft, service.at('count'));
  convertVariables(draft, service, { ...options, port });
  convertSettings(draft, service);
  draft.take(service.at('entrypoint'), 'container.entryPoint', words);
  draft.take(service.at('command'), 'container.command', words);
  leaveFields(draft, service, withoutField);
  for (const [, sidecar] of service.at('sidecars').entries)
    draft.leave(sidecar, 'a task has one container here; a sidecar is not described');
  chooseCommon(draft);
  return draft.finish([manifest], 'no field of a description corresponds to it');
}
