import { RE2JS } from 're2js';

/** Whether a name is matched as a whole. Linear in the name's length, whatever the expression: RE2 does not backtrack. */
export type NameTest = (name: string) => boolean;

/** Compiles RE2 source that is known to be valid; throws `RE2JSSyntaxException` otherwise. */
export const compileRegex = (source: string): NameTest => {
  const compiled = RE2JS.compile(source);
  return (name) => compiled.testExact(name);
};
