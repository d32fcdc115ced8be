import type { StoredObject } from '../types.ts';
import { type ServedResource, textAt } from './resources.ts';
import { badRequest } from './status.ts';

/** One term of a field selector. */
export interface FieldTerm {
  readonly field: string;
  readonly equal: boolean;
  readonly value: string;
}

const EVERYWHERE = ['metadata.name', 'metadata.namespace'];
const OF_EVENTS = [
  ...['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'].map(
    (name) => `involvedObject.${name}`,
  ),
  'reason',
  'reportingComponent',
  'source',
  'type',
];

/** Parses a field selector for a resource. Throws a 400 for what it does not know. */
export function parseFieldSelector(selector: string, served: ServedResource): readonly FieldTerm[] {
  const known = served.resource === 'events' ? [...EVERYWHERE, ...OF_EVENTS] : EVERYWHERE;
  return selector
    .split(',')
    .filter((term) => term !== '')
    .map((term) => {
      const parts = /^([^=!]*)(!=|==|=)(.*)$/.exec(term);
      if (parts === null) throw badRequest(`invalid selector: '${selector}'; can't understand '${term}'`);
      const [, field = '', operator, value = ''] = parts;
      if (!known.includes(field)) throw badRequest(`field label not supported: ${field}`);
      return { field, equal: operator !== '!=', value };
    });
}

/** Whether an object is selected by all terms. */
export function matchesFields(terms: readonly FieldTerm[], object: StoredObject): boolean {
  return terms.every(({ field, equal, value }) => (fieldValue(object, field) === value) === equal);
}

/** The one name a selector asks for, if it does. */
export function selectedName(terms: readonly FieldTerm[]): string | undefined {
  return terms.find(({ field, equal }) => field === 'metadata.name' && equal)?.value;
}

function fieldValue(object: StoredObject, field: string): string {
  const path = field === 'source' ? ['source', 'component'] : field.split('.');
  return textAt(object, path) ?? '';
}
