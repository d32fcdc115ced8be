import type { IncomingMessage } from 'node:http';

/**
 * A header of an answer, its name in lower case: the first one where it came more than once, `''` where it did not come. Looks at what
 * came as it came: Node.js would make an object of all headers for one of them.
 */
export const header = ({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>, name: string): string => {
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const found = rawHeaders[at];
    if (found?.length === name.length && found.toLowerCase() === name) return rawHeaders[at + 1] ?? '';
  }
  return '';
};
