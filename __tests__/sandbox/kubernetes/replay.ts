import { expect } from '@jest/globals';
import { isObject } from '../../../sandbox/state/json.ts';
import { at, type Exchange } from './recording.ts';
import type { Answer, TestApi } from './test-api.ts';

/** Values that differ from run to run: what was recorded stands for what the sandbox said in the same place. */
const VARYING = new Set(['uid', 'resourceVersion', 'continue', 'name']);
const HEADERS = ['content-type', 'cache-control', 'x-content-type-options', 'warning', 'retry-after'];

/**
 * Sends recorded requests in their order and compares every answer with the recorded one. Versions, uids and tokens of
 * earlier answers are put in where a later request repeats them.
 */
export class Replay {
  private readonly known = new Map<string, string>();
  private readonly api: TestApi;

  constructor(api: TestApi) {
    this.api = api;
  }

  /** Says that a recorded value stands for another one. */
  learn(recorded: string, actual: string): void {
    this.known.set(recorded, actual);
  }

  /** The request with what is known put in. */
  adapt(text: string): string {
    let result = text;
    for (const [recorded, actual] of this.known)
      result = result
        .replaceAll(`"${recorded}"`, `"${actual}"`)
        .replaceAll(new RegExp(`(=|%3D)${escapeRegExp(recorded)}(?=&|$|%2C)`, 'g'), `$1${actual}`);
    return result;
  }

  send(exchange: Exchange): Promise<Answer> {
    const { as, method, path, headers, body } = exchange;
    const { authorization, ...rest } = headers;
    return this.api.call({
      as: authorization === undefined ? 'anonymous' : as,
      method,
      path: this.adapt(path),
      headers: rest,
      body: body === undefined ? undefined : this.adapt(body),
    });
  }

  /** Sends one request and compares status, headers and body. */
  async check(exchange: Exchange): Promise<void> {
    const answer = await this.send(exchange);
    const where = `${exchange.method} ${exchange.path}`;
    expect({ where, status: answer.status, body: answer.status === exchange.status ? '' : answer.text }).toEqual({
      where,
      status: exchange.status,
      body: '',
    });
    const headers = Object.fromEntries(HEADERS.map((name) => [name, answer.headers.get(name)]));
    expect({ where, ...headers }).toEqual({
      where,
      ...Object.fromEntries(HEADERS.map((name) => [name, exchange.answerHeaders[name] ?? null])),
    });
    if (typeof exchange.answer === 'string') {
      expect(answer.text).toBe(exchange.answer);
      return;
    }
    this.compare(exchange.answer, answer.json, where);
  }

  /** Compares an object with a recorded one, of which some parts may be cut out. */
  compare(recorded: unknown, actual: unknown, where = ''): void {
    if (isObject(recorded) && recorded.kind === 'Status') {
      // The words of a refusal are the contract; only versions in them differ.
      expect({ where, body: withoutNumbers(actual) }).toEqual({ where, body: withoutNumbers(recorded) });
      this.learnFrom(recorded, actual);
      return;
    }
    this.learnFrom(recorded, actual);
    expect({ where, body: actual }).toMatchObject({ where, body: this.expected(recorded, actual, '') as object });
  }

  private learnFrom(recorded: unknown, actual: unknown): void {
    if (Array.isArray(recorded) && Array.isArray(actual))
      for (const [index, item] of recorded.entries()) this.learnFrom(item, actual[index]);
    if (!isObject(recorded) || !isObject(actual)) return;
    for (const [key, value] of Object.entries(recorded)) {
      const other = actual[key];
      const generated = key !== 'name' || typeof recorded.generateName === 'string';
      if (
        VARYING.has(key) &&
        generated &&
        typeof value === 'string' &&
        value !== '' &&
        typeof other === 'string' &&
        other !== ''
      )
        this.known.set(value, other);
      else this.learnFrom(value, other);
    }
  }

  /** What the sandbox must say where this was recorded. */
  private expected(recorded: unknown, actual: unknown, key: string): unknown {
    if (recorded === '…' || recorded === 'trimmed') return expect.anything();
    if (typeof recorded === 'string') {
      if (/Timestamp$|^time$|^reconciledAt$/.test(key)) return expect.any(String);
      return VARYING.has(key) ? (this.known.get(recorded) ?? recorded) : recorded;
    }
    if (key === 'items' && typeof recorded === 'number')
      return Array.from({ length: recorded }, () => expect.anything());
    if (key === 'items' && Array.isArray(recorded) && recorded.every((item) => typeof item === 'string'))
      return recorded.map((name) => expect.objectContaining({ metadata: expect.objectContaining({ name }) }));
    if (key === 'managedFields') return expect.any(Array);
    if (key === 'generation') return expect.any(Number);
    if (Array.isArray(recorded))
      return recorded.map((item, index) =>
        this.expected(item, Array.isArray(actual) ? at([...actual, undefined], index) : undefined, key),
      );
    if (!isObject(recorded)) return recorded;
    return Object.fromEntries(
      Object.entries(recorded)
        .filter(([name]) => name !== 'trimmed')
        .map(([name, value]) => [name, this.expected(value, isObject(actual) ? actual[name] : undefined, name)]),
    );
  }
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A Status whose versions, uids and tokens are masked. */
function withoutNumbers(status: unknown): unknown {
  return JSON.parse(
    JSON.stringify(status, (key, value: unknown) => {
      if (key === 'message' && typeof value === 'string')
        return (
          value
            .replaceAll(/(current: |version: |\()\d+/g, '$1N')
            .replaceAll(/in record \(\d+\)/g, 'in record (N)')
            // A refused patch repeats the whole object, managedFields and all.
            .replaceAll(/Invalid value: "\{.*\}": /gs, 'Invalid value: "{…}": ')
        );
      return key === 'uid' || key === 'continue' ? typeof value : value;
    }),
  );
}
