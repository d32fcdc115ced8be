/**
 * Why a text is no JSON, in the words of Go's decoder, which the API server hands on. Undefined when it is JSON.
 * Covers what clients get wrong; other mistakes read "looking for beginning of value".
 */
export function goJsonError(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const position = /at position (\d+)/.exec(message)?.[1];
    if (position === undefined || Number(position) >= text.length) return 'unexpected end of JSON input';
    const character = text[Number(position)] ?? '';
    if (message.startsWith('Expected property name'))
      return `invalid character '${character}' looking for beginning of object key string`;
    if (message.startsWith("Expected ',' or '}'"))
      return `invalid character '${character}' after object key:value pair`;
    if (message.startsWith("Expected ',' or ']'")) return `invalid character '${character}' after array element`;
    return `invalid character '${character}' looking for beginning of value`;
  }
}

/** What Go calls the type of a JSON value. */
export function goTypeName(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return value === null ? 'null' : typeof value;
}
