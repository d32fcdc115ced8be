/** One item per line; blanks around items and empty lines dropped. For items that may contain commas. */
export const lines = (text: string | undefined): readonly string[] =>
  (text ?? '')
    .split(/\r?\n/)
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** One item per line or between commas. For items that cannot contain a comma. */
export const items = (text: string | undefined): readonly string[] =>
  lines(text)
    .flatMap((line) => line.split(','))
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** One item per line or between commas that are outside of braces and brackets: `{a,b}-x, c` is two items. */
export const patterns = (text: string | undefined): readonly string[] => lines(text).flatMap(splitOutside);

const splitOutside = (line: string): readonly string[] => {
  const found: string[] = [];
  let item = '';
  let braces = 0;
  let bracket = false;
  for (const char of line) {
    if (char === ',' && braces === 0 && !bracket) {
      found.push(item);
      item = '';
      continue;
    }
    if (bracket) bracket = char !== ']';
    else if (char === '[') bracket = true;
    else if (char === '{') braces++;
    else if (char === '}' && braces > 0) braces--;
    item += char;
  }
  found.push(item);
  return found.map((part) => part.trim()).filter((part) => part !== '');
};

/** Without repetitions, in the order of first appearance. */
export const unique = (list: readonly string[]): readonly string[] => [...new Set(list)];
