import { isObject, setKey } from '../state/json.ts';
import type { Resource } from '../types.ts';
import type { Cause } from './status.ts';

/** A structural schema, as far as the sandbox knows one. `any` takes everything; `open` keeps fields it does not know. */
type Schema =
  | { readonly type: 'any' }
  | { readonly type: 'string' | 'boolean' | 'integer' }
  | { readonly type: 'array'; readonly items: Schema }
  | {
      readonly type: 'object';
      readonly fields: Readonly<Record<string, Schema>>;
      readonly required: readonly string[];
      readonly open: boolean;
    };

const any: Schema = { type: 'any' };
const text: Schema = { type: 'string' };
const flag: Schema = { type: 'boolean' };
const whole: Schema = { type: 'integer' };
const listOf = (items: Schema): Schema => ({ type: 'array', items });
const closed = (fields: Readonly<Record<string, Schema>>, ...required: readonly string[]): Schema => ({
  type: 'object',
  fields,
  required,
  open: false,
});
const open = (fields: Readonly<Record<string, Schema>>, ...required: readonly string[]): Schema => ({
  type: 'object',
  fields,
  required,
  open: true,
});

const retry = closed({
  backoff: closed({ duration: text, factor: whole, maxDuration: text }),
  limit: whole,
  refresh: flag,
});

/** `operation` of an Application. */
const operation = closed({
  info: listOf(closed({ name: text, value: text }, 'name', 'value')),
  initiatedBy: closed({ automated: flag, username: text }),
  retry,
  sync: closed({
    autoHealAttemptsCount: whole,
    dryRun: flag,
    manifests: listOf(text),
    prune: flag,
    resources: listOf(closed({ group: text, kind: text, name: text, namespace: text }, 'kind', 'name')),
    revision: text,
    revisions: listOf(text),
    source: open({}),
    sources: listOf(open({})),
    syncOptions: listOf(text),
    syncStrategy: closed({ apply: closed({ force: flag }), hook: closed({ force: flag }) }),
  }),
});

const source = open({ path: text, repoURL: text, targetRevision: text, chart: text, ref: text, name: text }, 'repoURL');

const SCHEMAS: Readonly<Record<Resource, Schema>> = {
  applications: closed(
    {
      apiVersion: text,
      kind: text,
      metadata: any,
      operation,
      spec: open(
        {
          destination: open({ name: text, namespace: text, server: text }),
          project: text,
          source,
          sources: listOf(source),
          syncPolicy: open({ syncOptions: listOf(text), retry }),
        },
        'destination',
        'project',
      ),
      status: open({
        operationState: open(
          { operation, message: text, phase: text, startedAt: text, finishedAt: text, retryCount: whole },
          'operation',
          'phase',
          'startedAt',
        ),
      }),
    },
    'metadata',
    'spec',
  ),
  appprojects: closed({ apiVersion: text, kind: text, metadata: any, spec: open({}), status: open({}) }, 'spec'),
  applicationsets: closed({ apiVersion: text, kind: text, metadata: any, spec: open({}), status: open({}) }, 'spec'),
  events: open({ metadata: any, involvedObject: open({}) }),
};

/** What a schema says of an object. */
export interface Checked {
  /** The object without the fields that are not known. */
  readonly object: unknown;
  /** Paths of the unknown fields, in alphabetical order. */
  readonly unknown: readonly string[];
  readonly causes: readonly (Cause & { readonly field: string })[];
}

/** Checks an object that is to be stored. */
export function checkSchema(resource: Resource, object: unknown): Checked {
  const unknown: string[] = [];
  const causes: (Cause & { readonly field: string })[] = [];

  function walk(schema: Schema, value: unknown, path: string): unknown {
    if (schema.type === 'any') return value;
    const found = typeName(value);
    if (found !== schema.type) {
      const message = `Invalid value: "${found}": ${path} in body must be of type ${schema.type}: "${found}"`;
      causes.push({ reason: 'FieldValueTypeInvalid', message, field: path });
      return value;
    }
    if (schema.type === 'array' && Array.isArray(value))
      return value.map((item, index) => walk(schema.items, item, `${path}[${index}]`));
    if (schema.type !== 'object' || !isObject(value)) return value;
    const kept = {};
    for (const [key, item] of Object.entries(value)) {
      const inner = path === '' ? key : `${path}.${key}`;
      const known = Object.hasOwn(schema.fields, key) ? schema.fields[key] : undefined;
      if (known !== undefined) setKey(kept, key, walk(known, item, inner));
      else if (schema.open) setKey(kept, key, item);
      else unknown.push(inner);
    }
    for (const key of schema.required)
      if (!Object.hasOwn(value, key))
        causes.push({
          reason: 'FieldValueRequired',
          message: 'Required value',
          field: path === '' ? key : `${path}.${key}`,
        });
    return kept;
  }

  const kept = walk(SCHEMAS[resource], object, '');
  return { object: kept, unknown: unknown.sort(), causes };
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}
