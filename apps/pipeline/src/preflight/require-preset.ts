import { environmentStackIds, resourceNames } from '@tideline/config';
import { type RecordedPreset, recordedPresets } from '../deployed/recorded-presets.ts';
import { PipelineError } from '../pipeline-error.ts';
import type { Pipeline } from '../pipeline.ts';

/**
 * Which environments of another preset a command accepts once the user asks for a conversion: bootstrap and plan any, the
 * others one whose stack state bootstrap has converted, because the deploy role is made for a preset.
 */
export type PresetNeed = 'any' | 'bootstrapped';

/**
 * Refuses an environment that was made from another preset, whichever of its stacks exist.
 * @throws PipelineError TL-PIPE-PRESET, and TL-PIPE-BOOTSTRAP when no stack says what it was made from
 */
export async function requirePreset(
  pipeline: Pipeline,
  { need, record }: { readonly need: PresetNeed; readonly record: 'needed' | 'optional' },
): Promise<void> {
  const { environment, convertPreset, bootstrapCommand } = pipeline;
  const recorded = await recordedPresets(pipeline);
  const ofState = recorded.find(({ stack }) => stack === 'state')?.presets ?? [];
  if (record === 'needed' && ofState.length === 0)
    throw new PipelineError(
      'TL-PIPE-BOOTSTRAP',
      `the state bucket of ${resourceNames(environment).prefix} does not hold the state of stack state, which says what the environment is made from: its bootstrap was not finished. Go on with it: ${bootstrapCommand}`,
    );
  const other = recorded.filter(({ presets }) => presets.some((preset) => preset !== environment.preset));
  if (other.length === 0) return;
  const converting = `${bootstrapCommand} --convert-preset`;
  if (!convertPreset)
    throw refusal(pipeline, other, {
      fix: `Name the preset that it was made from (--preset ${madeFrom(other, environment.preset)}, or the variable TIDELINE_PRESET). To convert it on purpose, an administrator begins with: ${converting}`,
    });
  if (need === 'bootstrapped' && other.some(({ stack }) => stack === 'state'))
    throw refusal(pipeline, other, {
      fix: `The conversion begins with the bootstrap, which makes the deploy role for the new preset: ${converting}`,
    });
  const left = recorded.filter(({ stack }) => !environmentStackIds(environment).includes(stack));
  if (left.length > 0)
    throw refusal(pipeline, other, {
      fix: `${environment.preset} has no use for what stack ${left.map(({ stack, resources }) => `${stack} holds (${resources} resources)`).join(', or stack ')}. Destroy the environment with --preset ${madeFrom(other, environment.preset)} first, then convert`,
    });
}

const refusal = (
  { environment }: Pipeline,
  other: readonly RecordedPreset[],
  { fix }: { readonly fix: string },
): PipelineError => {
  const stacks = other.map(({ stack, presets }) => `${stack}: ${presets.join(' and ')}`).join(', ');
  return new PipelineError(
    'TL-PIPE-PRESET',
    `${resourceNames(environment).prefix} was made from another preset than ${environment.preset} (stack ${stacks}). Nothing was changed. ${fix}`,
  );
};

const madeFrom = (other: readonly RecordedPreset[], preset: string): string =>
  other.flatMap(({ presets }) => presets).find((one) => one !== preset) ?? '';
