import * as z from 'zod';

const mostVariables = 200;

/** A name that every shell and runtime takes (POSIX, Environment Variables). */
export const variableName = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]{0,127}$/,
    'must be letters, digits and underscores, and not begin with a digit',
  );

const bounded = <Value extends z.ZodType>(value: Value) =>
  z
    .record(variableName, value)
    .refine(
      (entries) => Object.keys(entries).length <= mostVariables,
      `must have at most ${mostVariables} names`,
    );

/** Environment variables by name. */
export const variablesSchema = bounded(z.string().max(32_768)).default({});

/** A secret, as a task definition names it (ECS developer guide, “Pass sensitive data”). */
const secretArn = z
  .string()
  .max(2048)
  .regex(
    /^arn:aws[a-z-]*:(secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@-]+(:[A-Za-z0-9/_+=.@-]*:[A-Za-z0-9/_+=.@-]*:[A-Za-z0-9-]*)?|ssm:[a-z0-9-]+:\d{12}:parameter\/[A-Za-z0-9/_.-]+)$/,
    'must be the ARN of a secret of AWS Secrets Manager, with :key:stage:version behind it or without, or of a parameter of Systems Manager',
  )
  // Who puts the secret itself there by mistake does not find it in a log.
  .meta({ writeOnly: true });

export const secretsSchema = bounded(secretArn)
  .default({})
  .describe(
    'Secrets by variable: ARN in Secrets Manager or Systems Manager. Tasks read them where they start; on one machine the value comes from the variable of the same name, or from local.secretsFile.',
  );
