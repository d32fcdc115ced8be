import type { Draft } from '../types.ts';

/**
 * The little protobuf the sandbox reads: reviews, which kubectl (`auth can-i`) sends in no other form. Answers are
 * always JSON, which kubectl takes as well.
 */
export const PROTOBUF = 'application/vnd.kubernetes.protobuf';

const MAGIC = Buffer.from('k8s\0');
const ATTRIBUTES = ['namespace', 'verb', 'group', 'version', 'resource', 'subresource', 'name'];

/**
 * A review in the API server's envelope, as JSON would hold it; undefined when it cannot be read. `what` is the first
 * field of its spec: the attributes of an access review, or the namespace of a rules review.
 */
export function decodeReview(bytes: Buffer, what: 'attributes' | 'namespace'): Draft | undefined {
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  // Envelope: 2 is the object; object: 2 is the spec.
  const spec = readFields(readFields(bytes.subarray(MAGIC.length)).get(2)).get(2);
  const first = readFields(spec).get(1);
  if (first === undefined) return { spec: {} };
  if (what === 'namespace') return { spec: { namespace: first.toString('utf8') } };
  const attributes = readFields(first);
  const texts = ATTRIBUTES.map((name, index) => [name, attributes.get(index + 1)?.toString('utf8') ?? ''] as const);
  return { spec: { resourceAttributes: Object.fromEntries(texts) } };
}

/** The length-delimited fields of a message by number; an empty map for what is no message. */
function readFields(bytes: Buffer | undefined): ReadonlyMap<number, Buffer> {
  const fields = new Map<number, Buffer>();
  let position = 0;
  const readNumber = (): number => {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = bytes?.[position];
      if (byte === undefined) return Number.NaN;
      position += 1;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    return Number.NaN;
  };
  while (bytes !== undefined && position < bytes.length) {
    const tag = readNumber();
    const length = readNumber();
    if (Number.isNaN(tag) || Number.isNaN(length)) return new Map();
    // Wire type 0 is a number, which has been read; 2 is length-delimited; nothing else occurs.
    if (tag % 8 === 0) continue;
    if (tag % 8 !== 2 || position + length > bytes.length) return new Map();
    fields.set(Math.floor(tag / 8), bytes.subarray(position, position + length));
    position += length;
  }
  return fields;
}
