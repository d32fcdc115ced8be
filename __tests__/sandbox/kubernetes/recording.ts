import { readFileSync } from 'node:fs';
import { isObject } from '../../../sandbox/state/json.ts';

/** A call to the Kubernetes API and its real answer. */
export interface Exchange {
  readonly as: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly status: number;
  readonly answerHeaders: Readonly<Record<string, string>>;
  /** The body of the answer; of a stream its lines. */
  readonly answer: unknown;
}

/** The calls to the Kubernetes API in a recording, in order. */
export function recording(scene: string): readonly Exchange[] {
  const url = new URL(`../../fixtures/recordings/${scene}.json`, import.meta.url);
  const content: unknown = JSON.parse(readFileSync(url, 'utf8'));
  const exchanges = isObject(content) && Array.isArray(content.exchanges) ? content.exchanges : [];
  return exchanges.filter(isObject).flatMap(({ request, response }) => {
    if (!isObject(request) || !isObject(response) || request.api !== 'kubernetes') return [];
    const { as, method, path, headers, body } = request;
    return [
      {
        as: typeof as === 'string' ? as : 'admin',
        method: String(method),
        path: String(path),
        headers: texts(headers),
        body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
        status: Number(response.status),
        answerHeaders: texts(response.headers),
        answer: response.body,
      },
    ];
  });
}

/** The exchange at a place; throws when there is none. */
export function at<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new RangeError(`nothing at ${index}`);
  return found;
}

/** The objects that recorded lines of a stream hold, with the type of their event. */
export function recordedLines(exchange: Exchange): readonly { readonly type: string; readonly object: unknown }[] {
  const lines = Array.isArray(exchange.answer) ? exchange.answer : [];
  return lines
    .filter(isObject)
    .flatMap(({ json }) => (isObject(json) ? [{ type: String(json.type), object: json.object }] : []));
}

function texts(value: unknown): Readonly<Record<string, string>> {
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)])) : {};
}
