import { isObject } from '../state/json.ts';
import type { Draft } from '../types.ts';
import { RpcError } from './rpc-error.ts';

/** What a field of a request must be, by its name in Go, which the error messages show. */
export interface Shape {
  /** The name of the struct, such as `ApplicationSyncRequest`. */
  readonly struct: string;
  /** Its name with its package, such as `application.ApplicationSyncRequest`. */
  readonly type: string;
  readonly fields: Readonly<Record<string, FieldType>>;
}

export type FieldType =
  | 'string'
  | 'bool'
  | 'int64'
  | { readonly list: FieldType; readonly type: string }
  | { readonly fields: Readonly<Record<string, FieldType>>; readonly type: string };

/**
 * Reads the JSON body of a call. An empty one is an empty object, unknown fields are ignored, null is an absent field.
 * @throws {RpcError} InvalidArgument, in the words of Go's decoder
 */
export function readBody(body: string, shape: Shape): Readonly<Draft> {
  if (body.trim() === '') return {};
  const value = parse(body);
  if (value === null) return {};
  if (!isObject(value))
    throw new RpcError(
      'InvalidArgument',
      `json: cannot unmarshal ${jsonKind(value)} into Go value of type ${shape.type}`,
    );
  checkFields(value, shape.fields, shape.struct);
  return value;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    const character = offendingCharacter(body, error instanceof Error ? error.message : '');
    throw new RpcError(
      'InvalidArgument',
      character === undefined ? 'unexpected EOF' : `invalid character '${character}' looking for beginning of value`,
    );
  }
}

/** Where the parser stumbled; undefined when the text just ends. */
function offendingCharacter(body: string, message: string): string | undefined {
  const position = /at position (\d+)/.exec(message)?.[1];
  return position === undefined ? /^Unexpected token '(.)'/u.exec(message)?.[1] : body[Number(position)];
}

function checkFields(value: Readonly<Draft>, fields: Readonly<Record<string, FieldType>>, path: string): void {
  for (const [name, type] of Object.entries(fields)) check(value[name], type, `${path}.${name}`);
}

function check(value: unknown, type: FieldType, path: string): void {
  if (value === undefined || value === null) return;
  if (typeof type === 'string') {
    const fits =
      type === 'string'
        ? typeof value === 'string'
        : type === 'bool'
          ? typeof value === 'boolean'
          : Number.isInteger(value);
    if (!fits) throw mismatch(value, path, type);
  } else if ('list' in type) {
    if (!Array.isArray(value)) throw mismatch(value, path, type.type);
    for (const item of value) check(item, type.list, path);
  } else {
    if (!isObject(value)) throw mismatch(value, path, type.type);
    checkFields(value, type.fields, path);
  }
}

function mismatch(value: unknown, path: string, type: string): RpcError {
  return new RpcError(
    'InvalidArgument',
    `json: cannot unmarshal ${jsonKind(value)} into Go struct field ${path} of type ${type}`,
  );
}

function jsonKind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value;
}
