import type { ResourceFilter } from '../../operation/resources.ts';
import { lines } from './lists.ts';
import type { Reading } from './reading.ts';

const FORM =
  'Say group:kind:name or group:kind:namespace/name, for example apps:Deployment:web; `*` stands for any characters.';

/** Lines `[!]group:kind:[namespace/]name`; names may hold colons, as those of roles do. */
export const readResources = (reading: Reading, input: string): readonly ResourceFilter[] => {
  const filters = new Map<string, ResourceFilter>();
  for (const line of lines(reading.text(input))) {
    const filter = parse(line);
    const problem = check(filter);
    if (problem === undefined) filters.set(filter.text, filter);
    else reading.problem(input, line, problem.problem, problem.remedy);
  }
  return [...filters.values()];
};

const parse = (text: string): ResourceFilter => {
  const exclude = text.startsWith('!');
  const [group = '', kind = '', ...rest] = text.slice(exclude ? 1 : 0).split(':');
  const path = rest.join(':');
  const slash = path.indexOf('/');
  return {
    text,
    exclude,
    group: group.trim(),
    kind: kind.trim(),
    namespace: slash < 0 ? '' : path.slice(0, slash).trim(),
    name: path.slice(slash + 1).trim(),
  };
};

const check = (filter: ResourceFilter): { readonly problem: string; readonly remedy: string } | undefined => {
  const { text, group, kind, namespace, name } = filter;
  if ((text.match(/:/g) ?? []).length < 2) return { problem: 'is not group:kind:name', remedy: FORM };
  const [only = '', version = ''] = group.split('/');
  if (version !== '') {
    return {
      problem: 'has a version',
      remedy: `Say the group alone: ${only}. The core group is empty, as in :Service:web.`,
    };
  }
  if (group === 'core') return { problem: 'names the core group', remedy: `It is empty: say :${kind}:${name}.` };
  if (kind === '' || name === '') return { problem: `has no ${kind === '' ? 'kind' : 'name'}`, remedy: FORM };
  const fine =
    /^[a-z0-9.*-]*$/.test(group) &&
    /^[A-Za-z0-9*]+$/.test(kind) &&
    /^[a-z0-9.*-]*$/.test(namespace) &&
    /^[^\s/,]+$/.test(name);
  return fine ? undefined : { problem: 'cannot name a resource', remedy: FORM };
};
