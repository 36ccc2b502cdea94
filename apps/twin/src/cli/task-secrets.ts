/** Secrets of the tasks that are no part of a description: the twin’s own environment hands them on, as Secrets Manager does in AWS. */
export const taskSecrets = (
  variables: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> => {
  const { STRESS_TOKEN } = variables;
  return STRESS_TOKEN === undefined ? {} : { STRESS_TOKEN };
};
