/**
 * Kubernetes label selectors: `a=b`, `a==b`, `a!=b`, `a in (b, c)`, `a notin (b)`, `a`, `!a`, `a>1`, `a<1`, joined by commas.
 * The same language as the API servers', so that what is checked here means the same there.
 */

export type Labels = Readonly<Record<string, string>>;

export type Requirement =
  | { readonly key: string; readonly operator: 'in' | 'notin'; readonly values: readonly string[] }
  | { readonly key: string; readonly operator: 'exists' | 'absent' }
  | { readonly key: string; readonly operator: 'gt' | 'lt'; readonly value: number };

export type SelectorResult =
  | { readonly kind: 'ok'; readonly requirements: readonly Requirement[] }
  /** `position`: 1-based character at which reading failed. */
  | { readonly kind: 'invalid'; readonly problem: string; readonly position: number };

/** Whether labels fulfil every requirement. As in Kubernetes, `!=` and `notin` also hold for labels that are absent. */
export const matchesSelector = (requirements: readonly Requirement[], labels: Labels): boolean =>
  requirements.every((requirement) => fulfils(requirement, labels));

const fulfils = (requirement: Requirement, labels: Labels): boolean => {
  const value = Object.hasOwn(labels, requirement.key) ? labels[requirement.key] : undefined;
  switch (requirement.operator) {
    case 'exists':
      return value !== undefined;
    case 'absent':
      return value === undefined;
    case 'in':
      return value !== undefined && requirement.values.includes(value);
    case 'notin':
      return value === undefined || !requirement.values.includes(value);
    case 'gt':
      return isInteger(value) && Number(value) > requirement.value;
    case 'lt':
      return isInteger(value) && Number(value) < requirement.value;
  }
};

const isInteger = (text: string | undefined): text is string => text !== undefined && /^[+-]?\d{1,15}$/.test(text);

/** `[prefix/]name`, the prefix a DNS name. */
export const isLabelKey = (key: string): boolean => {
  const slash = key.indexOf('/');
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  const name = key.slice(slash + 1);
  return (
    name !== '' &&
    isLabelValue(name) &&
    (prefix === undefined ||
      (prefix.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(prefix)))
  );
};

/** Empty, or up to 63 letters, digits, `-`, `_` and `.`, the first and last a letter or digit. */
export const isLabelValue = (value: string): boolean =>
  value.length <= 63 && /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/.test(value);

interface Token {
  readonly text: string;
  /** A label, value or `in`; not a sign. */
  readonly word: boolean;
  /** 0-based. */
  readonly at: number;
}

const TOKEN = /\s*(==|!=|[=!(),<>]|[^\s=!(),<>]+)/y;

const tokenize = (text: string): readonly Token[] => {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const found = match[1] ?? '';
    tokens.push({ text: found, word: !/^[=!(),<>]/.test(found), at: TOKEN.lastIndex - found.length });
  }
  return tokens;
};

/** Reads a selector. Never throws. An empty text has no requirements. */
export const parseSelector = (text: string): SelectorResult => {
  const tokens = tokenize(text);
  const requirements: Requirement[] = [];
  let next = 0;
  const failAt = (problem: string, token: Token | undefined): SelectorResult => ({
    kind: 'invalid',
    problem,
    position: (token?.at ?? text.length) + 1,
  });
  const found = (token: Token | undefined): string => (token === undefined ? 'the end' : `"${token.text}"`);

  while (next < tokens.length) {
    const negated = tokens[next]?.text === '!';
    if (negated) next++;
    const key = tokens[next++];
    if (key?.word !== true) return failAt(`expected a label, found ${found(key)}`, key);
    if (!isLabelKey(key.text)) return failAt(`"${key.text}" cannot be a label`, key);
    const operator = tokens[next];
    if (negated || operator === undefined || operator.text === ',') {
      requirements.push({ key: key.text, operator: negated ? 'absent' : 'exists' });
    } else if (/^(?:in|notin)$/.test(operator.text)) {
      next++;
      const open = tokens[next++];
      if (open?.text !== '(') return failAt(`expected "(" after ${operator.text}, found ${found(open)}`, open);
      const values: string[] = [];
      let last = '';
      for (;;) {
        const token = tokens[next++];
        if (token?.text === ')' || token?.text === ',') {
          // An empty place between commas or brackets is the empty value.
          if (last !== 'value') values.push('');
          last = token.text;
          if (token.text === ')') break;
        } else if (token?.word === true && last !== 'value') {
          if (!isLabelValue(token.text)) return failAt(`"${token.text}" cannot be the value of a label`, token);
          values.push(token.text);
          last = 'value';
        } else {
          return failAt(`expected "," or ")", found ${found(token)}`, token);
        }
      }
      requirements.push({ key: key.text, operator: operator.text === 'in' ? 'in' : 'notin', values });
    } else if (/^(?:==?|!=)$/.test(operator.text)) {
      next++;
      const value = tokens[next];
      if (value?.word === true) {
        if (!isLabelValue(value.text)) return failAt(`"${value.text}" cannot be the value of a label`, value);
        next++;
      } else if (value !== undefined && value.text !== ',') {
        return failAt(`expected a value, found "${value.text}"`, value);
      }
      requirements.push({
        key: key.text,
        operator: operator.text === '!=' ? 'notin' : 'in',
        values: [value?.word === true ? value.text : ''],
      });
    } else if (/^[<>]$/.test(operator.text)) {
      next++;
      const value = tokens[next++];
      const bound = value?.text;
      if (!isInteger(bound)) {
        return failAt(`expected a whole number after ${operator.text}, found ${found(value)}`, value);
      }
      requirements.push({ key: key.text, operator: operator.text === '>' ? 'gt' : 'lt', value: Number(bound) });
    } else {
      return failAt(`expected =, ==, !=, in, notin, < or >, found ${found(operator)}`, operator);
    }
    const comma = tokens[next];
    if (comma === undefined) break;
    if (comma.text !== ',') return failAt(`expected ",", found ${found(comma)}`, comma);
    next++;
    if (next >= tokens.length) return failAt('expected a label after ","', undefined);
  }
  return { kind: 'ok', requirements };
};
