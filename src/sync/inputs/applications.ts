import { MAX_APPLICATION_NAME_LENGTH } from '../../lib/limits.ts';
import { compileGlob, isGlob } from '../../targets/glob.ts';
import { patterns, unique } from './lists.ts';
import { isNamespace } from './namespaces.ts';
import type { Reading } from './reading.ts';
import type { TargetInputs } from './types.ts';

/** Names and globs of `applications`, in the order given, without repetition. */
export const readApplications = (reading: Reading): Pick<TargetInputs, 'names' | 'globs'> => {
  const given = unique(patterns(reading.text('applications')));
  const names = given.filter((item) => !isGlob(item));
  const globs = given.filter(isGlob);
  return { names: names.flatMap((item) => readName(reading, item)), globs: checkGlobs(reading, 'applications', globs) };
};

/** Globs of `exclude`; a plain name is a glob that matches only itself. */
export const readExclude = (reading: Reading): readonly string[] =>
  checkGlobs(reading, 'exclude', unique(patterns(reading.text('exclude'))));

/** A DNS subdomain, as Kubernetes wants it of a custom resource's name. */
export const isApplicationName = (name: string): boolean =>
  name.length <= MAX_APPLICATION_NAME_LENGTH && /^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/.test(name);

const readName = (reading: Reading, item: string): TargetInputs['names'] => {
  const slash = item.indexOf('/');
  const namespace = slash < 0 ? '' : item.slice(0, slash);
  const name = item.slice(slash + 1);
  if ((slash >= 0 && !isNamespace(namespace)) || !isApplicationName(name)) {
    reading.problem('applications', item, 'cannot be the name of an Application', remedyFor(item));
    return [];
  }
  return [{ namespace, name }];
};

const remedyFor = (item: string): string => {
  if (/[\^$|()+\\]/.test(item)) return 'For a regular expression use application-regex.';
  const lower = item.toLowerCase().replaceAll('_', '-');
  const slash = lower.indexOf('/');
  const valid = isApplicationName(lower.slice(slash + 1)) && (slash < 0 || isNamespace(lower.slice(0, slash)));
  return valid
    ? `Names are in lower case: did you mean ${lower}?`
    : 'Say name or namespace/name, in lower-case letters, digits, "-" and ".", one per line or separated by commas.';
};

const checkGlobs = (reading: Reading, input: string, globs: readonly string[]): readonly string[] => {
  for (const pattern of globs) {
    const result = compileGlob(pattern);
    if (result.kind === 'invalid') reading.problem(input, pattern, result.problem, result.remedy);
  }
  return globs;
};
