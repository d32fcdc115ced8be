import { markdownText } from '../../lib/markdown.ts';
import { entityName } from '../entity.ts';
import { changeOf } from './events.ts';
import type { Prepared } from './prepare.ts';

const MAX_LISTED = 100;

/** Title and text of the pull request: which entities, and what of them. The same for the same changes, whichever run proposes them. */
export const proposalText = (all: readonly Prepared[]): { readonly title: string; readonly body: string } => {
  const [first] = all;
  const title =
    all.length === 1 && first !== undefined
      ? `Sync ${entityName(first.situation.ref)} from Argo CD`
      : `Sync ${all.length} entities from Argo CD`;
  const lines = all.slice(0, MAX_LISTED).map((one) => {
    const change = changeOf(one, 'git');
    return `- ${markdownText(entityName(one.situation.ref))}: ${markdownText(change?.message ?? '', 300)}`;
  });
  const left = all.length - lines.length;
  return {
    title,
    body: [
      'Changes made in Argo CD that Git does not have yet. The branch is rebuilt by every run; merge it, or change Argo CD back.',
      [...lines, ...(left > 0 ? [`- and ${left} more`] : [])].join('\n'),
    ].join('\n\n'),
  };
};
