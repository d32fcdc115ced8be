import { isObject } from '../../../sandbox/state/json.ts';
import { at, recording } from './recording.ts';

/** The seven Applications of the scenes in namespace `plain`, as recorded. */
export function plainApplications(): readonly { readonly resource: 'applications'; readonly object: unknown }[] {
  const { answer } = at(recording('k8s-list-paging'), 0);
  const items = isObject(answer) && Array.isArray(answer.items) ? answer.items : [];
  return items.map((object: unknown) => ({ resource: 'applications', object }));
}

/** The synced Application `argocd/first`, as recorded. */
export function firstApplication(): { readonly resource: 'applications'; readonly object: unknown } {
  return { resource: 'applications', object: at(recording('k8s-get'), 0).answer };
}
