/** A secret shorter than this is not looked for: it would blacken half of every text. The runner masks it in the log all the same. */
export const MIN_SECRET_LENGTH = 5;
/** Single lines of a secret with several lines, such as a private key, count from this length on. */
export const MIN_LINE_LENGTH = 12;
/** Shown in the place of a secret. */
export const MASK = '***';

export interface Redactor {
  /** From now on this text does not show, nor its lines, nor its base64, URL-encoded or JSON-quoted forms. Blank and very short ones are ignored. */
  register(secret: string): void;
  /** The text with every registered secret replaced by {@link MASK}. */
  redact(text: string): string;
  /** Grows with every text that is kept out: what was redacted before it grew may show one. */
  known(): number;
}

/** The base64 forms that a secret takes inside of a longer encoded text, such as `user:password`: one for each offset modulo 3. */
const base64Forms = (secret: string): string[] => {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes]);
    // Characters at either end also hold bits of the neighbours.
    const from = Math.ceil((offset * 8) / 6);
    const to = Math.floor((shifted.length * 8) / 6);
    return [shifted.toString('base64').slice(from, to), shifted.toString('base64url').slice(from, to)];
  });
};

const formsOf = (secret: string): string[] => {
  const text = secret.toWellFormed();
  const url = encodeURIComponent(text);
  const encoded = [
    ...base64Forms(text),
    url,
    url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    url.replaceAll('%20', '+'),
    JSON.stringify(text).slice(1, -1),
  ].filter((form) => form.length >= MIN_SECRET_LENGTH + 1);
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
  return [secret, ...encoded, ...(lines.length > 1 ? lines.filter((line) => line.length >= MIN_LINE_LENGTH) : [])];
};

/** Where the forms occur, merged where they touch or overlap, so that nothing of two overlapping secrets is left over. */
const rangesOf = (text: string, forms: ReadonlySet<string>): [from: number, to: number][] => {
  const found: [from: number, to: number][] = [];
  for (const form of forms) {
    for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) found.push([at, at + form.length]);
  }
  found.sort((a, b) => a[0] - b[0]);
  const merged: [from: number, to: number][] = [];
  for (const range of found) {
    const last = merged.at(-1);
    if (last !== undefined && range[0] <= last[1]) last[1] = Math.max(last[1], range[1]);
    else merged.push(range);
  }
  return merged;
};

/** Keeps secrets out of every text of ours, beside the runner's own masking of the log. */
export const createRedactor = (): Redactor => {
  const forms = new Set<string>();
  let any: RegExp | undefined;
  return {
    known: () => forms.size,
    register(secret) {
      const trimmed = secret.trim();
      if (trimmed.length < MIN_SECRET_LENGTH) return;
      for (const form of formsOf(trimmed)) forms.add(form);
      any = new RegExp([...forms].map((form) => form.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')).join('|'));
    },
    redact(text) {
      if (any === undefined || !any.test(text)) return text;
      const kept: string[] = [];
      let from = 0;
      for (const [start, end] of rangesOf(text, forms)) {
        kept.push(text.slice(from, start));
        from = end;
      }
      return [...kept, text.slice(from)].join(MASK);
    },
  };
};
