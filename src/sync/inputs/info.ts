import { ID_INFO, type Info } from '../../argocd/application.ts';
import { lines } from './lists.ts';
import type { Reading } from './reading.ts';

/** Names under this prefix are written by this step: the id by which it knows its own operations (rule 14). */
const OURS = ID_INFO.slice(0, ID_INFO.indexOf('/') + 1);

/** Lines `name=value`; the value may hold anything, `=` and commas too. */
export const readInfo = (reading: Reading, input: string): readonly Info[] => {
  const info: Info[] = [];
  for (const line of lines(reading.text(input))) {
    const equals = line.indexOf('=');
    const name = line.slice(0, Math.max(equals, 0)).trim();
    const value = line.slice(equals + 1).trim();
    if (name === '' || value === '') {
      reading.problem(input, line, 'is not name=value', 'Write one pair per line, for example ticket=OPS-42.');
    } else if (name.startsWith(OURS)) {
      reading.problem(input, name, `begins with ${OURS}, which this step uses itself`, 'Choose another name.');
    } else if (info.some((item) => item.name === name)) {
      reading.problem(input, name, 'is given more than once', 'Give each name once.');
    } else {
      info.push({ name, value });
    }
  }
  return info;
};
