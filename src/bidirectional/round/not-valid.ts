import type { InvalidObject } from '../../argocd/errors.ts';
import { notValid } from '../folder/not-valid.ts';
import type { FileProblem, ParseOptions } from '../folder/parse.ts';
import type { FolderState } from '../folder/read.ts';
import type { EntityPlan } from '../plan/entity.ts';
import type { Situation } from '../plan/situation.ts';
import type { WriteResult } from '../platform/port.ts';

/** The file whose YAML made the API server refuse a plan for not being a valid entity; none where that is not why, or not from Git. */
export const refusedYaml = (
  { ref, git }: Situation,
  plan: EntityPlan,
  result: WriteResult,
  folder: FolderState,
  options: ParseOptions,
): readonly FileProblem[] =>
  result.kind === 'refused' && result.invalid !== undefined && git !== undefined && isFromGit(plan, result.invalid)
    ? [notValid(git.path, folder.texts.get(git.path) ?? '', ref, result.invalid, options)]
    : [];

/** Whether one of the fields is, holds or is within what the platform was to get from Git. Where none is named, the rest was valid before. */
const isFromGit = (plan: EntityPlan, { fields }: InvalidObject): boolean => {
  if (plan.kind !== 'update' || fields.length === 0) return true;
  const changed = plan.platform.differences.map(({ path }) => path.join('.'));
  return fields
    .map((field) => field.replaceAll(/\[([^\]]*)\]/g, '.$1'))
    .some((field) => changed.some((path) => isWithin(field, path) || isWithin(path, field)));
};

const isWithin = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(`${outer}.`);
