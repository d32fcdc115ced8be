import { StatusError } from './status.ts';

/** The form a client wants its answer in. */
export interface Form {
  readonly as: 'object' | 'table' | 'metadata' | 'metadata-list';
  readonly yaml: boolean;
}

/**
 * Picks the form from an `Accept` header, in the order of the header. Throws 406 when none of it is served. Protobuf
 * never is.
 */
export function negotiate(accept: string | undefined): Form {
  for (const part of (accept ?? '').trim() === '' ? ['*/*'] : (accept ?? '').split(',')) {
    const form = formOf(part);
    if (form !== undefined) return form;
  }
  throw new StatusError(
    406,
    'NotAcceptable',
    'only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf',
  );
}

function formOf(part: string): Form | undefined {
  const [type = '', ...rest] = part.split(';').map((piece) => piece.trim().toLowerCase());
  const parameters = new Map(rest.map((piece) => [piece.split('=')[0] ?? '', piece.split('=')[1] ?? '']));
  const yaml = type === 'application/yaml';
  if (!yaml && !['application/json', 'application/*', '*/*'].includes(type)) return undefined;
  const as = parameters.get('as');
  if (as === undefined) return { as: 'object', yaml };
  if (parameters.get('g') !== 'meta.k8s.io' || !['v1', 'v1beta1'].includes(parameters.get('v') ?? '')) return undefined;
  switch (as) {
    case 'table':
      return { as: 'table', yaml };
    case 'partialobjectmetadata':
      return { as: 'metadata', yaml };
    case 'partialobjectmetadatalist':
      return { as: 'metadata-list', yaml };
    default:
      return undefined;
  }
}
