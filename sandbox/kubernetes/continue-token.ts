import { badRequest } from './status.ts';

/** Where a list goes on: at a resource version (-1: whatever is there now), after the key `start`. */
export interface ContinueToken {
  readonly version: number;
  /** Exclusive, without the end mark. */
  readonly after: string;
}

const FORM = 'meta.k8s.io/v1';

/** Writes a token as the API server does. Keys of custom resources begin with a slash. */
export function writeToken({ version, after }: ContinueToken): string {
  return Buffer.from(JSON.stringify({ v: FORM, rv: version, start: `${after}\0` })).toString('base64url');
}

/** Reads a token; throws the API server's 400. */
export function readToken(token: string): ContinueToken {
  const fault = invalidAt(token);
  if (fault >= 0) throw refusal(`illegal base64 data at input byte ${fault}`);
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch {
    throw refusal('invalid character looking for beginning of value');
  }
  if (typeof content !== 'object' || content === null) throw refusal('json: cannot unmarshal into a continue token');
  const { v, rv, start } = Object.fromEntries(Object.entries(content));
  if (v !== FORM) throw refusal(`server does not recognize this encoded version ${JSON.stringify(v ?? '')}`);
  if (typeof start !== 'string' || start === '') throw refusal(`encoded start key empty (version ${FORM})`);
  if (typeof rv !== 'number' || rv === 0) throw refusal(`incorrect encoded start resourceVersion (version ${FORM})`);
  return { version: rv, after: start.replace(/^\//, '').replace(/\0$/, '') };
}

/** Where the text stops being base64 without padding; -1 when it does not. */
function invalidAt(token: string): number {
  const wrong = token.search(/[^A-Za-z0-9_-]/);
  if (wrong >= 0) return wrong;
  return token.length % 4 === 1 ? token.length - 1 : -1;
}

function refusal(why: string): Error {
  return badRequest(`invalid continue token: continue key is not valid: ${why}`);
}
