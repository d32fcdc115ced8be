/** What a name of a branch may not hold: white space, controls, and characters with a meaning in Git's expressions (git-check-ref-format). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that are refused.
const FORBIDDEN = /[\u0000-\u0020\u007f~^:?*[\\]/;
const MAX_LENGTH = 1024;

/**
 * Why this can be no branch, as the end of a sentence; undefined: it can. Slashes, `#`, `&`, `%`, quotes and letters of every
 * language are fine: names are only ever given to Git as one argument, after `refs/heads/`.
 */
export const branchProblem = (name: string): string | undefined => {
  if (name === '') return 'it is empty';
  if (name.length > MAX_LENGTH) return `it is longer than ${MAX_LENGTH} characters`;
  if (!name.isWellFormed()) return 'it is not valid Unicode';
  const bad = FORBIDDEN.exec(name)?.[0];
  if (bad !== undefined) return bad === ' ' ? 'it has a space' : `it has the character ${JSON.stringify(bad)}`;
  if (name.includes('..')) return 'it has two dots in a row';
  if (name.includes('@{') || name === '@') return 'it has a form that Git keeps for itself (@)';
  if (name.startsWith('-')) return 'it begins with a dash';
  if (name.startsWith('/') || name.endsWith('/') || name.includes('//')) return 'it has an empty part between slashes';
  if (name.endsWith('.')) return 'it ends with a dot';
  const part = name.split('/').find((one) => one.startsWith('.') || one.endsWith('.lock'));
  if (part !== undefined) return `its part "${part}" begins with a dot or ends with .lock`;
  return undefined;
};
