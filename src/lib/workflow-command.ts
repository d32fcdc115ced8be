/** `::name::` after any white space or colour code at the start of a line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with one.
const AT_START = /^((?:[^\S\n]|\u001b\[[0-9;]*m)*):(?=:)/gmu;
/** The older form works anywhere in a line. */
const ANYWHERE = /##\[/g;

/**
 * Text in which no line can be taken for a workflow command by GitHub's runner. It takes two forms: `::name::value` at the
 * start of a line (leading white space is skipped) and `##[name]value` anywhere. Both are broken up by one space, so people
 * still read the same. Applying it twice changes nothing more.
 */
export const defuse = (text: string): string =>
  text.includes('::') || text.includes('##[') ? text.replace(AT_START, '$1: ').replace(ANYWHERE, '## [') : text;
