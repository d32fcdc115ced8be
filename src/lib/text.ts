/** `a`, `a and b`, `a, b and c`. */
export const enumerate = (items: readonly string[], joint: 'and' | 'or' = 'and'): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${joint} ${items[items.length - 1] ?? ''}`;

/** `1 Application`, `2 Applications`, `1,000 Applications`. */
export const counted = (count: number, noun: string): string => `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;

/** A whole number as people write it: `12,345`. Without Intl, whose first use takes longer than reading a thousand names. */
export const grouped = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
