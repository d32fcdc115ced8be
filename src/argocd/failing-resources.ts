import type { ResourceResult } from './application.ts';

/** What of an operation's resources failed: a resource that could not be applied or pruned, a hook that did not succeed. */
export const failingResources = (resources: readonly ResourceResult[]): readonly ResourceResult[] =>
  resources.filter(
    ({ status, hookPhase }) => status === 'SyncFailed' || hookPhase === 'Failed' || hookPhase === 'Error',
  );

/** `apps/Deployment shop/cart`, as Argo CD names resources. */
export const resourceName = ({
  group,
  kind,
  namespace,
  name,
}: Pick<ResourceResult, 'group' | 'kind' | 'namespace' | 'name'>): string =>
  `${group === '' ? '' : `${group}/`}${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;

/** `SyncFailed`, or for a hook `PreSync hook Failed`. */
export const resourceState = ({ status, hookType, hookPhase }: ResourceResult): string =>
  hookType === '' ? status : `${hookType} hook ${hookPhase === '' ? status : hookPhase}`;
