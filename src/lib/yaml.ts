import { CORE_SCHEMA, loadAll, mergeTag, YAMLException } from 'js-yaml';

/** A YAML text as plain values, or where it is broken. The parser's own words are left out: they quote the text. */
export type YamlResult =
  | { readonly kind: 'ok'; readonly value: unknown }
  /** `place`: `line 3, column 7`, both from 1; `''` when the text is wrong as a whole. */
  | { readonly kind: 'invalid'; readonly place: string };

/** Nobody writes more; and a few lines of aliases of aliases stand for more than anyone can walk through. */
const MOST_ALIASES = 100;

/**
 * Reads a text of one YAML document; without any its value is null. For what is only read: the package `yaml`, which keeps
 * places and comments for what is written back, needs three times as long to be loaded and to read a first kubeconfig.
 */
export const readYaml = (text: string): YamlResult => {
  try {
    // With merge keys (`<<`), which kubectl reads too.
    const schema = CORE_SCHEMA.withTags(mergeTag);
    const [value = null, ...more] = loadAll(text, { schema, maxAliases: MOST_ALIASES });
    return more.length > 0 ? { kind: 'invalid', place: '' } : { kind: 'ok', value };
  } catch (failure) {
    const mark = failure instanceof YAMLException ? failure.mark : undefined;
    return { kind: 'invalid', place: mark === undefined ? '' : `line ${mark.line + 1}, column ${mark.column + 1}` };
  }
};
