import type { ApplicationRef } from '../argocd/application.ts';
import { onceForEach } from '../lib/once-for-each.ts';

/** How one Application is called in everything that people and workflows see. */
export type Naming = (ref: ApplicationRef) => string;

/**
 * The plain name where it is unique among these Applications, otherwise `namespace/name` (rule 1). Both forms are
 * understood by the input `applications`. Looked at once: all that is written of a report asks for the names of the same thousand.
 */
export const createNaming = onceForEach((refs: readonly ApplicationRef[]): Naming => {
  const seen = new Set<string>();
  const ambiguous = new Set<string>();
  for (const { name } of refs) (seen.has(name) ? ambiguous : seen).add(name);
  return ({ namespace, name }) => (ambiguous.has(name) && namespace !== '' ? `${namespace}/${name}` : name);
});
