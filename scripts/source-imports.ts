import { posix } from 'node:path';

/** One import or re-export of a source file. */
export interface Import {
  /** As written; for a relative one the file it means, from the root of the repository. */
  readonly target: string;
  readonly relative: boolean;
  /** Gone at run time: `import type`, `export type`. */
  readonly typeOnly: boolean;
}

const STATIC = /^[ \t]*(import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** The imports of one file. `path` from the root of the repository, with `/`. */
export const importsOf = (path: string, text: string): readonly Import[] => {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '');
  const resolve = (specifier: string, typeOnly: boolean): Import =>
    specifier.startsWith('.')
      ? { target: posix.join(posix.dirname(path), specifier), relative: true, typeOnly }
      : { target: specifier, relative: false, typeOnly };
  return [
    ...[...code.matchAll(STATIC)].map((match) => resolve(match[3] ?? '', match[2] !== undefined)),
    ...[...code.matchAll(DYNAMIC)].map((match) => resolve(match[1] ?? '', false)),
  ];
};
