/** What a path of the Kubernetes API asks for. */
export type RequestInfo =
  | { readonly kind: 'path' }
  | {
      readonly kind: 'resource';
      readonly group: string;
      readonly version: string;
      readonly resource: string;
      readonly namespace: string | undefined;
      readonly name: string | undefined;
      readonly subresource: string | undefined;
    };

/** Takes a path apart as the API server does; unknown groups and resources included. */
export function parseRequestPath(path: string): RequestInfo {
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .map(decode);
  const [root, ...rest] = parts;
  const [group, version, ...tail] = root === 'api' ? ['', ...rest] : rest;
  if ((root !== 'api' && root !== 'apis') || group === undefined || version === undefined || tail.length === 0)
    return { kind: 'path' };
  const base = { kind: 'resource', group, version } as const;
  if (tail[0] === 'namespaces' && tail.length > 2) {
    const [, namespace, resource = '', name, subresource] = tail;
    return { ...base, resource, namespace, name, subresource };
  }
  const [resource = '', name, subresource] = tail;
  return { ...base, resource, namespace: undefined, name, subresource };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
