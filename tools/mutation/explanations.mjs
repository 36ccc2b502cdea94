/** Why no test notices a change, by what it changes; the first that matches counts. */
const explanations = [];

/** The reason why a change is not noticed. */
export const explanationOf = (change) =>
  explanations.find(({ matches }) => matches(change))?.reason ?? 'not explained';
