import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { isRecord, type JsonRecord, record } from '../../src/lib/json.ts';

/** One operation of GitHub's published OpenAPI description, as `scripts/github-openapi.ts` writes it. */
interface Described {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: 'path' | 'query';
    readonly required: boolean;
    readonly schema: JsonRecord;
  }[];
  readonly body?: JsonRecord;
  readonly bodyRequired: boolean;
  /** By status; null: without a body. */
  readonly answers: Readonly<Record<string, JsonRecord | null>>;
}

/** An operation found for a request. */
export interface Operation {
  readonly id: string;
  /** Decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface OpenApi {
  /** The operation of a request; undefined: GitHub's description has none that this stand-in knows. `path` is not decoded. */
  find(method: string, path: string): Operation | undefined;
  /** What is wrong with a request, one line each. `body` undefined: there was none. */
  checkRequest(operation: Operation, query: URLSearchParams, body: unknown): readonly string[];
  /** What of an answer GitHub could not have sent: fields it does not have, values of another type. Fields may be missing. */
  checkAnswer(operation: Operation, status: number, body: unknown): readonly string[];
}

/** Reads the description once. Schemas are compiled when they are first needed. */
export function loadOpenApi(): OpenApi {
  const file = JSON.parse(readFileSync(new URL('openapi.json', import.meta.url), 'utf8'));
  const operations: readonly Described[] = file.operations;
  const strict = new Ajv({ strict: false, allErrors: true });
  /** Parameters are text; whether that is a number is seen by trying. */
  const coercing = new Ajv({ strict: false, allErrors: true, coerceTypes: true });
  const compiled = new Map<string, ValidateFunction>();
  const check = (ajv: Ajv, what: string, schema: JsonRecord, schemas: unknown, value: unknown): readonly string[] => {
    // The references are into `schemas`.
    const validate = compiled.get(what) ?? ajv.compile({ ...schema, schemas });
    compiled.set(what, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${what}${instancePath}: ${message} ${JSON.stringify(params)}`,
    );
  };
  const told = asFarAsTold(file.schemas);
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  const patterns = operations
    .map((operation) => ({ operation, segments: operation.path.split('/').slice(1) }))
    // What has more segments is more particular: `commits/{sha}/pulls` before `commits/{ref…}`.
    .sort((a, b) => b.segments.length - a.segments.length);

  return {
    find(method, path) {
      const segments = path.split('/').slice(1);
      for (const { operation, segments: pattern } of patterns) {
        const parameters = operation.method === method ? match(pattern, segments) : undefined;
        if (parameters !== undefined) return { id: operation.id, parameters };
      }
      return undefined;
    },
    checkRequest({ id, parameters }, query, body) {
      const operation = byId.get(id);
      if (operation === undefined) return [`${id} is unknown`];
      const values: Record<string, unknown> = { ...parameters };
      for (const [name, value] of query) values[name] = value;
      const schema = {
        type: 'object',
        properties: Object.fromEntries(operation.parameters.map((one) => [one.name, one.schema])),
        required: operation.parameters.filter((one) => one.required).map((one) => one.name),
        additionalProperties: false,
      };
      const wrong = [...check(coercing, `${id} parameters`, schema, file.schemas, values)];
      if (body === undefined) return operation.bodyRequired ? [...wrong, `${id} body: is missing`] : wrong;
      if (operation.body === undefined) return [...wrong, `${id} body: there is none in this operation`];
      return [...wrong, ...check(strict, `${id} body`, closed(operation.body), file.schemas, body)];
    },
    checkAnswer({ id }, status, body) {
      const schema = byId.get(id)?.answers[status];
      if (schema === undefined) return status < 300 ? [`${id} does not answer ${status}`] : [];
      if (schema === null) return body === undefined ? [] : [`${id} ${status} has no body`];
      return check(strict, `${id} answer ${status}`, { ...record(asFarAsTold(schema)) }, told, body);
    },
  };
}

/** The variable parts of a path; `{ref}` at the end takes the rest, as it may hold slashes. */
function match(pattern: readonly string[], segments: readonly string[]): Readonly<Record<string, string>> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index];
    if (segment === undefined) return undefined;
    if (expected === '{ref}' && index === pattern.length - 1) {
      parameters.ref = decode(segments.slice(index).join('/'));
      return parameters;
    }
    if (expected.startsWith('{')) parameters[expected.slice(1, -1)] = decode(segment);
    else if (expected !== segment) return undefined;
  }
  return segments.length === pattern.length ? parameters : undefined;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** GitHub ignores fields it does not know; whoever sends one is mistaken. */
const closed = (schema: JsonRecord): JsonRecord =>
  isRecord(schema.properties) && schema.additionalProperties === undefined
    ? { ...schema, additionalProperties: false }
    : schema;

/** The schema of an answer of which fields may be missing, but none may be invented. */
function asFarAsTold(schema: unknown, inAll = false): unknown {
  if (Array.isArray(schema)) return schema.map((item) => asFarAsTold(item, inAll));
  if (!isRecord(schema)) return schema;
  const out: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(schema)) {
    if (key === 'required' && Array.isArray(child)) continue;
    if (key === 'properties' && isRecord(child)) {
      out.properties = Object.fromEntries(Object.entries(child).map(([name, one]) => [name, asFarAsTold(one)]));
    } else if (key === 'oneOf') out.anyOf = asFarAsTold(child);
    else out[key] = asFarAsTold(child, key === 'allOf');
  }
  return isRecord(out.properties) && out.additionalProperties === undefined && !inAll
    ? { ...out, additionalProperties: false }
    : out;
}
