import type { Namespaces } from '../../argocd/client.ts';
import { MAX_NAMESPACE_LENGTH } from '../../lib/limits.ts';
import { items, unique } from './lists.ts';
import type { Reading } from './reading.ts';

/** A Kubernetes namespace: a DNS label. */
export const isNamespace = (name: string): boolean =>
  name.length <= MAX_NAMESPACE_LENGTH && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name);

/** Names, `*` alone, or undefined when nothing was given. */
export const readNamespaces = (reading: Reading): Namespaces | undefined => {
  const given = unique(items(reading.text('namespace')));
  if (given.length === 0) return undefined;
  if (given.includes('*')) {
    if (given.length === 1) return '*';
    reading.problem('namespace', given.join(', '), 'has * beside other namespaces', 'Give * alone, or the namespaces.');
    return '*';
  }
  for (const name of given.filter((candidate) => !isNamespace(candidate))) {
    reading.problem(
      'namespace',
      name,
      'cannot be the name of a namespace',
      /[*?[{]/.test(name)
        ? 'Patterns are not possible here: give names, or * for all.'
        : 'Give names of namespaces, or * for all.',
    );
  }
  return given;
};
