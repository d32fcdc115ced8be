const compiled = new Map<string, (text: string) => boolean>();

/** A test for a policy's glob: `*` stands for any characters, slashes among them, `?` for one. */
export function globMatcher(glob: string): (text: string) => boolean {
  const known = compiled.get(glob);
  if (known !== undefined) return known;
  const matches = compile(glob);
  compiled.set(glob, matches);
  return matches;
}

function compile(glob: string): (text: string) => boolean {
  if (glob === '*') return () => true;
  if (!/[*?]/.test(glob)) return (text) => text === glob;
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '[^]*')
    .replace(/\?/g, '[^]');
  const pattern = new RegExp(`^${source}$`);
  return (text) => pattern.test(text);
}
