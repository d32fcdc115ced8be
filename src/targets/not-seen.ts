import { nearest } from '../lib/nearest.ts';
import type { TargetInputs } from '../sync/inputs/types.ts';
import type { FailedApplication, NotSeen } from './select.ts';

/** What the Argo CD API does not tell apart (rule 2). */
export const HIDDEN_BY_RIGHTS =
  'The Argo CD API shows only what this account may get: an Application without that right looks like one that does not exist.';

const MAX_SHOWN = 3;
/** Names for which near ones are looked up; a thousand times ten thousand comparisons would take long, and nobody reads them. */
const MAX_LOOKED_UP = 20;

/**
 * The failure of a name that was seen nowhere.
 * `place`: where was looked, for people; `home`: the one namespace looked in, `''` when there are several or it is not known;
 * `seen`: names that do exist, for the hint.
 */
export const notFound = (
  place: string,
  home: string,
  seen: Iterable<string>,
  transport: 'kubernetes' | 'argocd',
): NotSeen => {
  let lookedUp = 0;
  return (item: TargetInputs['names'][number]): FailedApplication => {
    const namespace = item.namespace === '' ? home : item.namespace;
    const near = ++lookedUp > MAX_LOOKED_UP ? [] : nearest(item.name, seen, MAX_SHOWN);
    const hints = [
      near.length === 0 ? '' : `Nearest names: ${near.join(', ')}.`,
      transport === 'argocd' ? HIDDEN_BY_RIGHTS : '',
    ];
    return {
      ref: { namespace, name: item.name },
      verdict: {
        name: 'not-found',
        message: `There is no Application "${item.name}" ${item.namespace === '' ? place : `in namespace ${item.namespace}`}`,
        hint: hints.filter((hint) => hint !== '').join(' '),
      },
    };
  };
};
