/** One line of a plot: points by x. */
export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

const WIDTH = 640;
const HEIGHT = 320;
const LEFT = 64;
const RIGHT = 150;
const TOP = 40;
const BOTTOM = 44;
const COLOURS = ['#0969da', '#57606a', '#bf8700', '#8250df'];

const xml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A plot as SVG: x on a logarithmic scale, y from zero. */
export const plot = (title: string, xLabel: string, yLabel: string, lines: readonly Line[]): string => {
  const xs = [...new Set(lines.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
  const most = Math.max(...lines.flatMap(({ points }) => points.map(([, y]) => y))) * 1.1;
  const [least = 1, greatest = 1] = [xs[0], xs.at(-1)];
  const across = (x: number): number =>
    LEFT + ((Math.log(x) - Math.log(least)) / (Math.log(greatest) - Math.log(least))) * (WIDTH - LEFT - RIGHT);
  const up = (y: number): number => HEIGHT - BOTTOM - (y / most) * (HEIGHT - TOP - BOTTOM);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => (part * most) / 1.1);
  const text = (x: number, y: number, anchor: string, words: string, more = ''): string =>
    `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}"${more}>${xml(words)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#57606a">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>
${text(LEFT, 22, 'start', title, ' font-size="14" fill="#1f2328"')}
${ticks
  .map(
    (tick) =>
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${up(tick).toFixed(1)}" y2="${up(tick).toFixed(1)}" stroke="#d0d7de"/>${text(LEFT - 8, up(tick) + 4, 'end', tick < 10 ? tick.toFixed(1) : tick.toFixed(0))}`,
  )
  .join('\n')}
${xs.map((x) => text(across(x), HEIGHT - BOTTOM + 18, 'middle', x.toLocaleString('en-US'))).join('\n')}
${text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, 'middle', xLabel)}
${text(LEFT, 36, 'start', yLabel)}
${lines
  .map(({ name, points }, index) => {
    const colour = COLOURS[index % COLOURS.length];
    const path = points.map(([x, y]) => `${across(x).toFixed(1)},${up(y).toFixed(1)}`).join(' ');
    const dots = points.map(
      ([x, y]) => `<circle cx="${across(x).toFixed(1)}" cy="${up(y).toFixed(1)}" r="3" fill="${colour}"/>`,
    );
    const [x = 0, y = 0] = points.at(-1) ?? [];
    return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join('')}${text(across(x) + 8, up(y) + 4, 'start', name, ` fill="${colour}"`)}`;
  })
  .join('\n')}
</svg>
`;
};
