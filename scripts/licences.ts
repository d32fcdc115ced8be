import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The licence texts of every package that has a file in a bundle, sorted by name. `files`: paths of the bundle's inputs. */
export function licences(files: readonly string[]): string {
  const folders = new Set<string>();
  for (const file of files) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file);
    if (match?.[1] !== undefined) folders.add(match[1]);
  }
  return [...folders]
    .map((folder) => {
      const about: { name: string; version: string; license?: string } = JSON.parse(
        readFileSync(join(folder, 'package.json'), 'utf8'),
      );
      const name = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      const text =
        name !== undefined && existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8').trim() : '';
      return { title: `${about.name} ${about.version} (${about.license ?? 'see its text'})`, text };
    })
    .sort((a, b) => (a.title < b.title ? -1 : 1))
    .map(({ title, text }) => `${title}\n\n${text}`.replaceAll('\r\n', '\n').trim())
    .join(`\n\n${'-'.repeat(80)}\n\n`)
    .concat('\n');
}
