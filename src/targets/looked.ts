import type { Namespaces } from '../argocd/client.ts';
import { counted, enumerate } from '../lib/text.ts';
import type { TargetInputs } from '../sync/inputs/types.ts';
import { labelFilters, serverSelector, setName } from './conditions.ts';
import { DEFAULT_NAMESPACE } from './scope.ts';

/** `in namespace argocd`, `in namespaces a and b`, `in all namespaces`. */
export const placeOf = (namespaces: Namespaces | undefined, transport: 'kubernetes' | 'argocd'): string => {
  if (namespaces === '*') return 'in all namespaces';
  if (namespaces === undefined) {
    return transport === 'kubernetes' ? `in namespace ${DEFAULT_NAMESPACE}` : 'that the Argo CD API shows';
  }
  const shown = namespaces.length > 5 ? [...namespaces.slice(0, 4), `${namespaces.length - 4} more`] : namespaces;
  return `in namespace${namespaces.length === 1 ? '' : 's'} ${enumerate(shown)}`;
};

/** `14 Applications in namespace argocd with labels team=a`. `count`: after the server's label filter. */
export const describeList = (count: number, place: string, targets: TargetInputs): string => {
  const selector = serverSelector(targets);
  return `${counted(count, 'Application')} ${place}${selector === '' ? '' : ` with labels ${selector}`}`;
};

/** The conditions for people: `applications "shop-*", project "payments"`. */
export const describeConditions = (targets: TargetInputs): string => {
  const items = [
    ...targets.names.map((item) => (item.namespace === '' ? item.name : `${item.namespace}/${item.name}`)),
    ...targets.globs,
  ];
  const shown = items.length > 5 ? [...items.slice(0, 5), '…'] : items;
  const pairs: readonly (readonly [name: string, value: string])[] = [
    ['applications', shown.join(', ')],
    ['application-regex', targets.regex],
    ['selector', targets.selector],
    ['application-set', setName(targets)],
    ['project', targets.project],
    ['cluster', targets.cluster],
    ['destination-namespace', targets.destinationNamespace],
    ['repository', targets.repository],
    ...labelFilters(targets).map(({ label, value }) => [label, value] as const),
    ['exclude', targets.exclude.join(', ')],
  ];
  return pairs
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name} "${value}"`)
    .join(', ');
};
