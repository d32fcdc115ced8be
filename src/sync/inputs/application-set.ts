import type { Namespaces } from '../../argocd/client.ts';
import { isApplicationName } from './applications.ts';
import { isNamespace } from './namespaces.ts';
import type { Reading } from './reading.ts';
import type { TargetInputs } from './types.ts';

/** `name` or `namespace/name` of one ApplicationSet; `namespaces` is what is looked at, undefined: the default. */
export const readApplicationSet = (
  reading: Reading,
  input: string,
  namespaces: Namespaces | undefined,
): TargetInputs['applicationSet'] => {
  const value = reading.text(input);
  if (value === undefined) return undefined;
  const slash = value.indexOf('/');
  const namespace = slash < 0 ? '' : value.slice(0, slash);
  const name = value.slice(slash + 1);
  if ((slash >= 0 && !isNamespace(namespace)) || !isApplicationName(name)) {
    reading.problem(
      input,
      value,
      'cannot be the name of an ApplicationSet',
      /[\s,]/.test(value)
        ? 'Give one ApplicationSet; use a step for each, or a selector over labels that their templates set.'
        : 'Say name or namespace/name, in lower-case letters, digits, "-" and "."; patterns are not possible here.',
    );
    return undefined;
  }
  if (namespace !== '' && namespaces !== undefined && namespaces !== '*' && !namespaces.includes(namespace)) {
    reading.problem(
      input,
      value,
      `is in namespace ${namespace}, which is not among those of namespace: an ApplicationSet generates into its own`,
      `Add ${namespace} to namespace, or leave namespace out.`,
    );
  }
  return { namespace, name };
};
