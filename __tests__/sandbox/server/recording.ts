import { readFileSync } from 'node:fs';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [field: string]: Json };

/** A call to the Argo CD API and its real answer. */
export interface Exchange {
  /** Its place in the recording. */
  readonly index: number;
  readonly as: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly note: string;
  readonly response: {
    /** Null: no headers came. */
    readonly status: number | null;
    readonly headers: Readonly<Record<string, string | readonly string[]>>;
    readonly body: Json | undefined;
    readonly bytes: number;
  };
}

interface RecordedExchange {
  readonly note?: string;
  readonly request?: {
    readonly api: string;
    readonly as?: string;
    readonly method: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: Json;
  };
  readonly response?: Exchange['response'];
}

/** The calls to the Argo CD API in a recording, by their place in it. */
export function recording(scene: string): readonly Exchange[] {
  const url = new URL(`../../fixtures/recordings/${scene}.json`, import.meta.url);
  const { exchanges }: { readonly exchanges: readonly RecordedExchange[] } = JSON.parse(readFileSync(url, 'utf8'));
  return exchanges.flatMap(({ request, response, note }, index) =>
    request?.api === 'argocd' && response !== undefined
      ? [
          {
            index,
            as: request.as ?? 'ci',
            method: request.method,
            path: request.path,
            headers: request.headers ?? {},
            body:
              typeof request.body === 'object' ? JSON.stringify(request.body) : (request.body as string | undefined),
            note: note ?? '',
            response,
          },
        ]
      : [],
  );
}

/** One call of a recording. */
export function exchange(scene: string, index: number): Exchange {
  const found = recording(scene).find((one) => one.index === index);
  if (found === undefined) throw new Error(`${scene} has no call number ${index}`);
  return found;
}

/** A part of a JSON value by its path; undefined where there is none. */
export function at(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  let part: Json | undefined = value;
  for (const step of path) {
    if (typeof part !== 'object' || part === null) return undefined;
    part = Array.isArray(part) ? part[Number(step)] : (part as { readonly [field: string]: Json })[step];
  }
  return part;
}

/** The texts of the lines of a recorded stream. */
export function streamLines(of: Exchange): readonly string[] {
  if (!Array.isArray(of.response.body)) return [];
  return (of.response.body as readonly Json[]).map((line) => {
    const text = at(line, 'text');
    return typeof text === 'string' ? text : JSON.stringify(at(line, 'json'));
  });
}
