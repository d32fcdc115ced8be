import { badRequest } from './status.ts';

/** Tells whether labels are selected. */
export type LabelMatcher = (labels: Readonly<Record<string, string>>) => boolean;

type Token =
  | { readonly kind: 'symbol'; readonly text: string }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'end'; readonly text: '' };

const OPERATORS = ['in', 'notin', '=', '==', '!=', 'gt', 'lt'];
const SYMBOLS = new Set(['=', '==', '!=', '!', '(', ')', ',', '>', '<']);
const END: Token = { kind: 'end', text: '' };

/**
 * Parses a label selector: equality, sets, existence, numeric comparison. Follows the API server's parser, its messages
 * included. Throws a 400.
 */
export function parseLabelSelector(selector: string): LabelMatcher {
  const tokens = tokenize(selector);
  let position = 0;
  const peek = (): Token => tokens[position] ?? END;
  const take = (): Token => {
    const token = peek();
    position += 1;
    return token;
  };
  const isSymbol = (token: Token, text: string) => token.kind === 'symbol' && token.text === text;
  const requirements: LabelMatcher[] = [];

  function parseRequirement(): LabelMatcher {
    const negated = isSymbol(peek(), '!');
    if (negated) take();
    const key = take();
    if (key.kind !== 'word') throw new Error(`found '${key.text}', expected: identifier`);
    checkKey(key.text);
    if (peek().kind === 'end' || isSymbol(peek(), ',')) return (labels) => Object.hasOwn(labels, key.text) !== negated;
    const operator = take();
    switch (operator.text) {
      case 'in':
      case 'notin': {
        const values = parseValues(key.text);
        return operator.text === 'in' ? isIn(key.text, values) : not(isIn(key.text, values));
      }
      case '=':
      case '==':
        return isIn(key.text, [parseExactValue(key.text)]);
      case '!=':
        return not(isIn(key.text, [parseExactValue(key.text)]));
      case '>':
      case '<':
        return comparison(key.text, operator.text, parseExactValue(key.text));
      default:
        throw new Error(`found '${operator.text}', expected: ${OPERATORS.join(', ')}`);
    }
  }

  function parseValues(key: string): readonly string[] {
    const first = take();
    if (!isSymbol(first, '(')) throw new Error(`found '${first.text}' expected: '('`);
    if (isSymbol(peek(), ')')) {
      take();
      return [''];
    }
    const next = peek();
    if (next.kind !== 'word' && !isSymbol(next, ','))
      throw new Error(`found '${next.text}', expected: ',', ')' or identifier`);
    const values: string[] = [];
    for (;;) {
      const token = take();
      if (token.kind === 'word') {
        values.push(token.text);
        const after = peek();
        if (isSymbol(after, ')')) break;
        if (!isSymbol(after, ',')) throw new Error(`found '${after.text}', expected: ',' or ')'`);
      } else if (isSymbol(token, ',')) {
        if (values.length === 0) values.push('');
        if (isSymbol(peek(), ')')) {
          values.push('');
          break;
        }
        if (isSymbol(peek(), ',')) {
          take();
          values.push('');
        }
      } else throw new Error(`found '${token.text}', expected: ',', or identifier`);
    }
    take();
    for (const [index, value] of values.entries()) checkValue(key, index, value);
    return values;
  }

  function parseExactValue(key: string): string {
    if (peek().kind === 'end' || isSymbol(peek(), ',')) return '';
    const token = take();
    if (token.kind !== 'word') throw new Error(`found '${token.text}', expected: identifier`);
    checkValue(key, 0, token.text);
    return token.text;
  }

  for (;;) {
    const token = peek();
    if (token.kind === 'end') break;
    if (token.kind !== 'word' && !isSymbol(token, '!'))
      throw badRequest(`found '${token.text}', expected: !, identifier, or 'end of string'`);
    try {
      requirements.push(parseRequirement());
    } catch (error) {
      throw badRequest(`unable to parse requirement: ${error instanceof Error ? error.message : String(error)}`);
    }
    const separator = take();
    if (separator.kind === 'end') break;
    if (!isSymbol(separator, ',')) throw badRequest(`found '${separator.text}', expected: ',' or 'end of string'`);
    const next = peek();
    if (next.kind !== 'word' && !isSymbol(next, '!'))
      throw badRequest(`found '${next.text}', expected: identifier after ','`);
  }
  return (labels) => requirements.every((matches) => matches(labels));
}

function tokenize(selector: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const [text] of selector.matchAll(/[=!(),<>]+|[^=!(),<>\s]+/g)) {
    if (!/^[=!(),<>]/.test(text)) tokens.push({ kind: 'word', text });
    else
      for (let rest = text; rest !== ''; ) {
        const symbol = SYMBOLS.has(rest.slice(0, 2)) ? rest.slice(0, 2) : rest.slice(0, 1);
        tokens.push({ kind: 'symbol', text: symbol });
        rest = rest.slice(symbol.length);
      }
  }
  return tokens;
}

function isIn(key: string, values: readonly string[]): LabelMatcher {
  return (labels) => Object.hasOwn(labels, key) && values.includes(labels[key] ?? '');
}

function not(matches: LabelMatcher): LabelMatcher {
  return (labels) => !matches(labels);
}

function comparison(key: string, operator: '>' | '<', value: string): LabelMatcher {
  if (!/^[-+]?\d+$/.test(value))
    throw new Error(
      `values[0][${key}]: Invalid value: "${value}": for 'Gt', 'Lt' operators, the value must be an integer`,
    );
  const limit = BigInt(value);
  return (labels) => {
    const label = Object.hasOwn(labels, key) ? (labels[key] ?? '') : '';
    if (!/^[-+]?\d+$/.test(label)) return false;
    return operator === '>' ? BigInt(label) > limit : BigInt(label) < limit;
  };
}

const NAME_PART = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const PREFIX_PART = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

function checkKey(key: string): void {
  const parts = key.split('/');
  const name = parts.at(-1) ?? '';
  const prefix = parts.length === 2 ? parts[0] : undefined;
  if (
    parts.length <= 2 &&
    NAME_PART.test(name) &&
    name.length <= 63 &&
    (prefix === undefined || PREFIX_PART.test(prefix))
  )
    return;
  throw new Error(
    `key: Invalid value: "${key}": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`,
  );
}

function checkValue(key: string, index: number, value: string): void {
  if (value.length > 63)
    throw new Error(`values[${index}][${key}]: Invalid value: "${value}": must be no more than 63 bytes`);
  if (value === '' || NAME_PART.test(value)) return;
  throw new Error(
    `values[${index}][${key}]: Invalid value: "${value}": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
  );
}
