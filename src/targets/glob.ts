import { Minimatch } from 'minimatch';
import type { ApplicationRef } from '../argocd/application.ts';
import { MAX_GLOB_ALTERNATIVES, MAX_GLOB_LENGTH } from '../lib/limits.ts';

/** A compiled glob over Applications. */
export interface Glob {
  readonly pattern: string;
  /** Whether it names this Application. */
  readonly matches: (ref: ApplicationRef) => boolean;
  /** Whether it does so by an alternative with a slash, that is by `namespace/name`. */
  readonly matchesQualified: (ref: ApplicationRef) => boolean;
  /** Namespaces it spells out before a slash; a namespace with wildcards is not among them. */
  readonly namespaces: readonly string[];
}

export type GlobResult =
  | { readonly kind: 'ok'; readonly glob: Glob }
  | { readonly kind: 'invalid'; readonly problem: string; readonly remedy: string };

/**
 * Only wildcards, sets and braces. Names never begin with a dot, so `*` may match one; `**` is `*`; `!` and `#` are
 * plain characters; extended globs would be a second language. The matcher runs all states at once and never backtracks.
 */
const OPTIONS = {
  dot: true,
  nocomment: true,
  noext: true,
  noglobstar: true,
  nonegate: true,
  optimizationLevel: 0,
  platform: 'linux',
  braceExpandMax: MAX_GLOB_ALTERNATIVES + 1,
} as const;

/** Whether an item of `applications` is a glob, not a name. */
export const isGlob = (text: string): boolean => /[*?[{]/.test(text);

const invalid = (problem: string, remedy: string): GlobResult => ({ kind: 'invalid', problem, remedy });

/** Compiles a glob over `name`, or over `namespace/name` where it holds a slash. */
export const compileGlob = (pattern: string): GlobResult => {
  if (pattern.length > MAX_GLOB_LENGTH) {
    return invalid(`is longer than ${MAX_GLOB_LENGTH} characters`, 'Use several shorter patterns.');
  }
  const unbalanced = findUnbalanced(pattern);
  if (unbalanced !== '') {
    return invalid(`has an unbalanced ${unbalanced}`, 'Balance it; names never hold this character themselves.');
  }
  const alternatives = new Minimatch(pattern, OPTIONS).braceExpand();
  if (alternatives.length > MAX_GLOB_ALTERNATIVES) {
    return invalid(`expands to more than ${MAX_GLOB_ALTERNATIVES} alternatives`, 'Use wildcards instead of braces.');
  }
  if (alternatives.some((alternative) => alternative.split('/').length > 2)) {
    return invalid('has more than one slash', 'Say name or namespace/name.');
  }
  if (alternatives.some((alternative) => alternative.startsWith('/') || alternative.endsWith('/'))) {
    return invalid('has nothing on one side of its slash', 'Say name or namespace/name.');
  }
  const plain = alternatives.filter((item) => !item.includes('/')).map(matcher);
  const qualified = alternatives.filter((item) => item.includes('/')).map(matcher);
  const matchesQualified = (ref: ApplicationRef): boolean => {
    const text = `${ref.namespace}/${ref.name}`;
    return qualified.some((matches) => matches(text));
  };
  return {
    kind: 'ok',
    glob: {
      pattern,
      matches: (ref) => plain.some((matches) => matches(ref.name)) || matchesQualified(ref),
      matchesQualified,
      namespaces: [
        ...new Set(
          alternatives
            .filter((item) => item.includes('/'))
            .map((item) => item.slice(0, item.indexOf('/')))
            .filter((namespace) => !isGlob(namespace)),
        ),
      ],
    },
  };
};

const matcher = (alternative: string): ((text: string) => boolean) => {
  const compiled = new Minimatch(alternative, { ...OPTIONS, nobrace: true });
  return (text) => compiled.match(text);
};

/** The first bracket without its partner, `''`: none. Inside a set everything up to `]` is literal. */
const findUnbalanced = (pattern: string): string => {
  let braces = 0;
  for (let index = 0; index < pattern.length; index++) {
    const char = pattern[index];
    if (char === '\\') index++;
    else if (char === '[') {
      // `[]a]` and `[!]a]`: a bracket right after the opening is a member.
      const start = index + (/^\[[!^]?\]/.exec(pattern.slice(index))?.[0].length ?? 1);
      const end = pattern.indexOf(']', start);
      if (end < 0) return '[';
      index = end;
    } else if (char === '{') braces++;
    else if (char === '}' && --braces < 0) return '}';
  }
  return braces > 0 ? '{' : '';
};
