import { pipeline, type Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createGunzip, gunzip, gunzipSync } from 'node:zlib';

const CHUNK_BYTES = 64 * 1024;
/** Unpacked at once: less than what it takes to hand it to somebody else. */
const SMALL_BYTES = 16 * 1024;

const later = promisify(gunzip);

/** Unpacks what was packed by gzip. Throws where it is broken, or larger than `limit` bytes when it is unpacked. */
export const unzip = async (packed: Buffer, limit: number): Promise<Buffer> => {
  const options = { maxOutputLength: limit };
  return packed.length < SMALL_BYTES ? gunzipSync(packed, options) : later(packed, options);
};

/** Unpacks what comes, as it comes. What fails ends both. */
export const unzipping = (packed: Readable): Readable =>
  pipeline(packed, createGunzip({ chunkSize: CHUNK_BYTES }), () => {});
