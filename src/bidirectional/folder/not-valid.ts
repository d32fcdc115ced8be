import type { InvalidObject } from '../../argocd/errors.ts';
import { oneLine } from '../../lib/printable.ts';
import { type EntityRef, entityName } from '../entity.ts';
import { type FileProblem, INVALID_YAML, MAX_MESSAGE, type ParseOptions, parseFile, START, sameRef } from './parse.ts';
import { type Position, parseYaml, startOfField } from './yaml.ts';

/**
 * YAML that the API server does not take as an entity, at the field that it names. Where no such field is written, at the nearest of its
 * parents or at the document.
 */
export const notValid = (
  path: string,
  source: string,
  ref: EntityRef,
  { fields, reason }: InvalidObject,
  options: ParseOptions,
): FileProblem => ({
  path,
  position: positionOf(path, source, ref, fields, options),
  title: INVALID_YAML,
  message: oneLine(`the API server does not take ${entityName(ref)}: ${reason}`, MAX_MESSAGE),
  hint: 'Correct the file; until then the platform keeps what it has.',
});

const positionOf = (
  path: string,
  source: string,
  ref: EntityRef,
  fields: readonly string[],
  options: ParseOptions,
): Position => {
  const parsed = parseFile(path, source, options);
  const entity = parsed.kind === 'ok' ? parsed.entities.find((one) => sameRef(one.ref, ref)) : undefined;
  if (entity === undefined) return START;
  const yaml = parseYaml(source);
  const document = yaml.documents[entity.index];
  if (document === undefined) return entity.position;
  const places = fields.map((field) => startOfField(document, field));
  const place = places.find(({ found }) => found) ?? places[0];
  return place === undefined ? entity.position : yaml.positionOf(place.at);
};
