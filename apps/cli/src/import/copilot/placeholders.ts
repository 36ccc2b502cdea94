/** A text in which Copilot fills in names at deployment: those that are known now are in it, the others are named. */
export function fillIn(
  text: string,
  env: string | undefined,
): { readonly text: string; readonly open: readonly string[] } {
  const filled = env === undefined ? text : text.replaceAll('${COPILOT_ENVIRONMENT_NAME}', env);
  return { text: filled, open: [...filled.matchAll(/\$\{(\w+)\}/g)].map(([whole]) => whole) };
}
