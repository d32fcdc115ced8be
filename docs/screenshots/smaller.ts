import { deflateSync, inflateSync } from 'node:zlib';

/** Makes a picture of few colours small: as PNG with a palette. */

const SIGNATURE = 8;
const PALETTE = 256;

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue. */
  readonly bytes: Uint8Array;
}

/** The same picture with at most 256 colours; those that are near each other become one. `png`: 8 bits, RGB or RGBA, as browsers write it. */
export const smaller = (png: Buffer): Buffer => {
  const { width, height, bytes } = decode(png);
  const { palette, indexes } = quantise(bytes);
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y += 1) rows.set(indexes.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    png.subarray(0, SIGNATURE),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette)),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

const decode = (png: Buffer): Pixels => {
  const [width, height, depth, kind] = [png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25]];
  if (depth !== 8 || (kind !== 2 && kind !== 6)) throw new Error('a picture of another kind than browsers make');
  const channels = kind === 6 ? 4 : 3;
  const data: Buffer[] = [];
  for (let at = SIGNATURE; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const raw = inflateSync(Buffer.concat(data));
  const stride = width * channels;
  const lines = new Uint8Array(height * stride);
  const bytes = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x >= channels ? (lines[at - channels] ?? 0) : 0;
      const up = y > 0 ? (lines[at - stride] ?? 0) : 0;
      const corner = x >= channels && y > 0 ? (lines[at - stride - channels] ?? 0) : 0;
      lines[at] = (raw[y * (stride + 1) + 1 + x] ?? 0) + predicted(filter, left, up, corner);
    }
    for (let x = 0; x < width; x += 1) {
      bytes.set(lines.subarray(y * stride + x * channels, y * stride + x * channels + 3), (y * width + x) * 3);
    }
  }
  return { width, height, bytes };
};

/** The five filters of PNG. */
const predicted = (filter: number, left: number, up: number, corner: number): number => {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
};

/** Drops the lowest bits of all colours until few enough are left; each is then shown as the one it stands for most often. */
const quantise = (bytes: Uint8Array) => {
  const { length } = bytes;
  const pixel = (at: number): number => ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
  const counts = new Map<number, number>();
  for (let at = 0; at < length; at += 3) counts.set(pixel(at), (counts.get(pixel(at)) ?? 0) + 1);
  for (let bits = 0; ; bits += 1) {
    const mask = ((0xff << bits) & 0xff) * 0x01_01_01;
    const best = new Map<number, number>();
    for (const [colour, count] of counts) {
      const now = best.get(colour & mask);
      if (now === undefined || count > (counts.get(now) ?? 0)) best.set(colour & mask, colour);
    }
    if (best.size > PALETTE) continue;
    const order = new Map([...best.keys()].map((key, index) => [key, index]));
    const indexes = new Uint8Array(length / 3);
    for (let at = 0; at < length; at += 3) indexes[at / 3] = order.get(pixel(at) & mask) ?? 0;
    const palette = [...best.values()].flatMap((colour) => [colour >> 16, (colour >> 8) & 0xff, colour & 0xff]);
    return { palette, indexes };
  }
};

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xed_b8_83_20 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  let crc = 0xff_ff_ff_ff;
  for (const byte of body) crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE((crc ^ 0xff_ff_ff_ff) >>> 0);
  return Buffer.concat([length, body, sum]);
};
