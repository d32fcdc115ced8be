import { isMap, isScalar, parseDocument } from 'yaml';

/** An input or output of an action.yml. */
export interface Entry {
  readonly name: string;
  readonly description: string;
  /** `default` of the file, `''`: none. */
  readonly default: string;
  /** The comment above it that begins a group, `''`: it belongs to the group before. */
  readonly group: string;
}

export interface ActionMetadata {
  readonly inputs: readonly Entry[];
  readonly outputs: readonly Entry[];
  readonly using: string;
  readonly main: string;
}

/** Reads an action.yml. Throws an Error with file and reason when it is not valid YAML. */
export const parseAction = (text: string): ActionMetadata => {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) throw new Error(`action.yml: ${error.message.split('\n')[0] ?? ''}`);
  const entries = (section: string): readonly Entry[] => {
    const map = document.get(section, true);
    if (!isMap(map)) return [];
    return map.items.map(({ key, value }, index) => {
      const field = (name: string): string => (isMap(value) ? String(value.get(name) ?? '') : '');
      // A comment above the first item belongs to the whole map, as the parser sees it.
      const above = isScalar(key) ? key.commentBefore : undefined;
      const comment = above ?? (index === 0 ? map.commentBefore : undefined) ?? '';
      return {
        name: isScalar(key) ? String(key.value) : '',
        description: field('description').trim(),
        default: field('default'),
        group: comment.trim(),
      };
    });
  };
  const runs = (name: string): string => String(document.getIn(['runs', name]) ?? '');
  return { inputs: entries('inputs'), outputs: entries('outputs'), using: runs('using'), main: runs('main') };
};
