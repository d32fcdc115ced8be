import { pipeline, type Readable } from 'node:stream';
import { promisify } from 'node:util';

const CHUNK_BYTES = 64 * 1024;
/** Unpacked at once: less than what it takes to hand it to somebody else. */
const SMALL_BYTES = 16 * 1024;

/** Loaded when the first packed answer comes: what is loaded before the first request goes out delays it. */
const zlib = (): typeof import('node:zlib') => process.getBuiltinModule('node:zlib');

/** Unpacks what was packed by gzip. Throws where it is broken, or larger than `limit` bytes when it is unpacked. */
export const unzip = async (packed: Buffer, limit: number): Promise<Buffer> => {
  const { gunzip, gunzipSync } = zlib();
  const options = { maxOutputLength: limit };
  return packed.length < SMALL_BYTES ? gunzipSync(packed, options) : promisify(gunzip)(packed, options);
};

/** Unpacks what comes, as it comes. What fails ends both. */
export const unzipping = (packed: Readable): Readable =>
  pipeline(packed, zlib().createGunzip({ chunkSize: CHUNK_BYTES }), () => {});
