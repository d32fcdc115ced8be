import { minimatch } from 'minimatch';

/** Whether a glob as Argo CD's projects use them (`*` also matches `/`) matches the whole text. */
export const globMatches = (glob: string, value: string): boolean =>
  glob === '*' || glob === value || minimatch(value.replaceAll('/', '\u0000'), glob.replaceAll('/', '\u0000'));
