import type { ImportDraft } from '../list/import-draft.ts';

/** Fields that no source decides, and that no imported description can do without. */
export function chooseCommon(draft: ImportDraft): void {
  draft.choose('preset', 'load-driven', 'the preset whose defaults fill what is not written');
  draft.choose(
    'local.container',
    true,
    'on one machine the image itself runs, by docker or podman. Set local.command to run a program instead, and this to false',
  );
  if (!draft.has('network.egress'))
    draft.choose(
      'network.egress',
      'nat',
      'tasks here are in private subnets, and reach the internet and its registries by NAT gateways. Set it to endpoints, which costs less, if tasks and image need AWS alone',
    );
  if (!draft.has('container.linux.initProcessEnabled'))
    draft.choose('container.linux.initProcessEnabled', false, 'the source asks for no init process');
}
