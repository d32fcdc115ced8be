import type { EntityRef } from '../entity.ts';
import { PLURALS } from '../platform/paths.ts';

/**
 * Where a new entity gets its file: `<folder>/<plural kind>/<namespace>/<name>.yaml`, for example
 * `apps/applications/argocd/web.yaml`. Where another file is in the way, a number is added.
 */
export const newFilePath = (
  folder: string,
  { kind, namespace, name }: EntityRef,
  taken: (path: string) => boolean,
): string => {
  const stem = [...(folder === '' ? [] : [folder]), PLURALS[kind], namespace, name].join('/');
  for (let number = 1; ; number += 1) {
    const path = number === 1 ? `${stem}.yaml` : `${stem}.${number}.yaml`;
    if (!taken(path)) return path;
  }
};

/** Whether a path is in a folder; `''`: the whole repository. */
export const isInFolder = (path: string, folder: string): boolean => folder === '' || path.startsWith(`${folder}/`);
