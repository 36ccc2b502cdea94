import { type StackId, type StackOutputs, stackOutputSchemas } from '@tideline/config';
import { TerraformOutput, type TerraformStack } from 'cdktf';

/** Declares a stack’s outputs under their own names, each with its meaning; one that is null is left out. */
export function declareOutputs<Id extends StackId>(
  stack: TerraformStack,
  id: Id,
  values: StackOutputs[Id],
): void {
  const fields: Readonly<Record<string, { readonly description?: string | undefined }>> =
    stackOutputSchemas[id].shape;
  for (const [name, value] of Object.entries(values)) {
    if (value === null) continue;
    const output = new TerraformOutput(stack, `output-${name}`, {
      value,
      description: fields[name]?.description ?? name,
    });
    output.overrideLogicalId(name);
  }
}
