/** `a`, `a and b`, `a, b and c`. */
export const enumerate = (items: readonly string[], joint: 'and' | 'or' = 'and'): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${joint} ${items[items.length - 1] ?? ''}`;

/** `1 Application`, `2 Applications`, `1,000 Applications`. */
export const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
