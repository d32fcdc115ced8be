/**
 * Takes the operations that this repository uses out of GitHub's published OpenAPI description and writes them to
 * `sandbox/github/openapi.json`, against which the GitHub stand-in checks every request and every answer.
 *
 *   cd "$(mktemp -d)" && npm install @octokit/openapi
 *   node scripts/github-openapi.ts <that folder>/node_modules/@octokit/openapi
 *
 * The package is 400 MB large and no dependency for that reason. A new operation: add it below, run again.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isRecord, type JsonRecord, list, record, text } from '../src/lib/json.ts';

const OPERATIONS = [
  'git/create-ref',
  'git/delete-ref',
  'git/get-ref',
  'git/get-tag',
  'git/list-matching-refs',
  'git/update-ref',
  'issues/create-comment',
  'issues/delete-comment',
  'issues/get-comment',
  'issues/list-comments',
  'issues/update-comment',
  'orgs/create-webhook',
  'orgs/delete-webhook',
  'orgs/get-webhook',
  'orgs/get-webhook-config-for-org',
  'orgs/get-webhook-delivery',
  'orgs/list-webhook-deliveries',
  'orgs/list-webhooks',
  'orgs/ping-webhook',
  'orgs/update-webhook',
  'orgs/update-webhook-config-for-org',
  'pulls/create',
  'pulls/get',
  'pulls/list',
  'pulls/update',
  'repos/create-deployment',
  'repos/create-deployment-status',
  'repos/create-webhook',
  'repos/delete-webhook',
  'repos/get',
  'repos/get-commit',
  'repos/get-deployment',
  'repos/get-webhook',
  'repos/get-webhook-config-for-repo',
  'repos/get-webhook-delivery',
  'repos/list-branches',
  'repos/list-deployment-statuses',
  'repos/list-deployments',
  'repos/list-pull-requests-associated-with-commit',
  'repos/list-tags',
  'repos/list-webhook-deliveries',
  'repos/list-webhooks',
  'repos/ping-webhook',
  'repos/redeliver-webhook-delivery',
  'repos/update-webhook',
  'repos/update-webhook-config-for-repo',
];

/** What explains a schema to people; it decides nothing. `format` is left out because the checks do not need it. */
const PROSE = new Set([
  'description',
  'summary',
  'title',
  'example',
  'examples',
  'externalDocs',
  'deprecated',
  'format',
]);

const folder = process.argv[2];
if (folder === undefined) {
  console.error('Usage: node scripts/github-openapi.ts <folder of the package @octokit/openapi>');
  process.exit(1);
}
const description = record(JSON.parse(readFileSync(join(folder, 'generated/api.github.com.json'), 'utf8')));

/** The target of `{"$ref": "#/a/b"}`, or the value itself. */
const resolved = (value: unknown): JsonRecord => {
  const pointer = text(record(value).$ref);
  if (pointer === '') return record(value);
  return pointer
    .slice(2)
    .split('/')
    .reduce((at, key) => record(at[key]), description);
};

/** An OpenAPI 3.0 schema as JSON Schema: without prose, with `nullable` as a type. Names of referenced schemas go to `used`. */
const schemaOf = (value: unknown, used: Set<string>): unknown => {
  if (Array.isArray(value)) return value.map((item) => schemaOf(item, used));
  if (!isRecord(value)) return value;
  if (typeof value.$ref === 'string') {
    const name = value.$ref.replace('#/components/schemas/', '');
    used.add(name);
    return { $ref: `#/schemas/${name}` };
  }
  const out: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(value)) {
    if (key === 'nullable' || key === 'default' || key.startsWith('x-')) continue;
    // A property may be called "description".
    if (key === 'properties') {
      out.properties = Object.fromEntries(
        Object.entries(record(child)).map(([name, property]) => [name, schemaOf(property, used)]),
      );
    } else if (!PROSE.has(key)) out[key] = key === 'enum' || key === 'required' ? child : schemaOf(child, used);
  }
  if (value.nullable !== true) return out;
  if (typeof out.type !== 'string') return { anyOf: [out, { type: 'null' }] };
  return {
    ...out,
    type: [out.type, 'null'],
    ...(Array.isArray(out.enum) && !out.enum.includes(null) ? { enum: [...out.enum, null] } : {}),
  };
};

const jsonSchema = (holder: unknown, used: Set<string>): unknown => {
  const { schema } = record(record(record(holder).content)['application/json']);
  return schema === undefined ? undefined : schemaOf(schema, used);
};

const used = new Set<string>();
const operations = Object.entries(record(description.paths))
  .flatMap(([path, methods]) =>
    Object.entries(record(methods)).map(([method, operation]) => ({ path, method, operation: record(operation) })),
  )
  .filter(({ operation }) => OPERATIONS.includes(text(operation.operationId)))
  .map(({ path, method, operation }) => ({
    id: text(operation.operationId),
    method: method.toUpperCase(),
    path,
    parameters: list(operation.parameters)
      .map(resolved)
      .filter((parameter) => parameter.in === 'path' || parameter.in === 'query')
      .map((parameter) => ({
        name: text(parameter.name),
        in: text(parameter.in),
        required: parameter.required === true,
        schema: schemaOf(parameter.schema, used),
      })),
    body: jsonSchema(resolved(operation.requestBody), used),
    bodyRequired: record(operation.requestBody).required === true,
    answers: Object.fromEntries(
      Object.entries(record(operation.responses))
        .filter(([status]) => status.startsWith('2'))
        .map(([status, response]) => [status, jsonSchema(resolved(response), used) ?? null]),
    ),
  }))
  .sort((a, b) => (a.id < b.id ? -1 : 1));

const missing = OPERATIONS.filter((id) => !operations.some((operation) => operation.id === id));
if (missing.length > 0) throw new Error(`the description has no ${missing.join(', ')}`);

const schemas: Record<string, unknown> = {};
const all = record(record(description.components).schemas);
for (const name of used) schemas[name] = schemaOf(all[name], used);

const target = fileURLToPath(new URL('../sandbox/github/openapi.json', import.meta.url));
const version = text(record(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).version);
const sorted = Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
const source = `api.github.com of @octokit/openapi ${version}`;
/** One line for each operation and each schema, so that a new version can be compared. */
const lines = (entries: readonly string[]): string => entries.map((entry) => `    ${entry}`).join(',\n');
writeFileSync(
  target,
  `{\n  "source": ${JSON.stringify(source)},\n  "operations": [\n${lines(operations.map((one) => JSON.stringify(one)))}\n  ],\n` +
    `  "schemas": {\n${lines(Object.entries(sorted).map(([name, schema]) => `${JSON.stringify(name)}: ${JSON.stringify(schema)}`))}\n  }\n}\n`,
);
console.log(`${operations.length} operations and ${Object.keys(schemas).length} schemas of ${source}`);
