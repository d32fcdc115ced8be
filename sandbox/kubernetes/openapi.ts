import type { Draft } from '../types.ts';
import { groupVersion, SERVED } from './resources.ts';

/**
 * The little of OpenAPI that kubectl asks for before it creates, applies or replaces: that the server checks fields itself.
 * Undefined for other paths.
 */
export function openApi(path: string): Draft | undefined {
  const documents = new Map(SERVED.map((served) => [basePath(served), groupVersion(served)]));
  if (path === '/openapi/v3')
    return {
      paths: Object.fromEntries(
        [...documents.keys()].map((base) => [base, { serverRelativeURL: `/openapi/v3/${base}?hash=sandbox` }]),
      ),
    };
  const wanted = documents.get(path.replace('/openapi/v3/', ''));
  return wanted === undefined ? undefined : documentOf(wanted);
}

function basePath(served: { readonly group: string; readonly version: string }): string {
  return served.group === '' ? `api/${served.version}` : `apis/${served.group}/${served.version}`;
}

function documentOf(wanted: string): Draft {
  const own = SERVED.filter((served) => groupVersion(served) === wanted && served.verbs.includes('patch'));
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation'].map((name) => ({
    name,
    in: 'query',
    schema: { type: 'string', uniqueItems: true },
  }));
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.36.2' },
    paths: Object.fromEntries(
      own.map((served) => [
        `/${basePath(served)}/namespaces/{namespace}/${served.resource}/{name}`,
        {
          patch: {
            operationId: `patchNamespaced${served.kind}`,
            parameters,
            responses: { 200: { description: 'OK' } },
            'x-kubernetes-action': 'patch',
            'x-kubernetes-group-version-kind': { group: served.group, kind: served.kind, version: served.version },
          },
        },
      ]),
    ),
    components: { schemas: {} },
  };
}
