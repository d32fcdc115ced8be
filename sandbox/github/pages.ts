import type { Answer, Call } from './call.ts';

/** One page of a list with GitHub's Link header: `per_page` 30 unless told, at most 100. */
export function page(call: Call, items: readonly unknown[]): Answer {
  const size = Math.min(Math.max(Number(call.query.get('per_page') ?? 30), 1), 100);
  const number = Math.max(Number(call.query.get('page') ?? 1), 1);
  const last = Math.max(Math.ceil(items.length / size), 1);
  const links = [
    ...(number > 1 ? [link(call, number - 1, 'prev')] : []),
    ...(number < last ? [link(call, number + 1, 'next'), link(call, last, 'last')] : []),
    ...(number > 1 ? [link(call, 1, 'first')] : []),
  ];
  return {
    status: 200,
    body: items.slice((number - 1) * size, number * size),
    ...(links.length === 0 ? {} : { headers: { link: links.join(', ') } }),
  };
}

function link(call: Call, number: number, relation: string): string {
  const url = new URL(`${call.apiUrl}${call.target}`);
  url.searchParams.set('page', String(number));
  return `<${url.href}>; rel="${relation}"`;
}
