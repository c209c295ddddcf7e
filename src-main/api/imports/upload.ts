import type { FastifyInstance } from 'fastify';
import type { Readable } from 'node:stream';
import { AppError } from '#shared/errors/app-error.ts';

/** Disk images aside, evidence files are smaller; those are imported by path. */
export const MAX_UPLOAD_BYTES = 16 * 1024 ** 3;

const BYTES = 'application/octet-stream';

/** Makes the routes of `scope` take raw bytes, and nothing else, as a stream that is never held whole. */
export function acceptUploads(scope: FastifyInstance, maxBytes: number = MAX_UPLOAD_BYTES): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(BYTES, (request, payload, done) => {
    const announced = Number(request.headers['content-length'] ?? 0);
    if (announced > maxBytes) done(tooLarge(maxBytes));
    else done(null, limited(payload, maxBytes));
  });
  // Without a content type nothing is parsed, and the handler would get no bytes.
  scope.addHook('preHandler', (request, _, done) => {
    done(request.body === undefined ? new AppError('unsupported_media_type', { type: BYTES }) : undefined);
  });
}

/** Ends the stream with `too_large` behind `maxBytes`: a chunked body announces no length. */
async function* limited(body: Readable, maxBytes: number): AsyncGenerator<Uint8Array> {
  let seen = 0;
  // Destroying the request would take the connection, and with it the answer that says why.
  for await (const chunk of body.iterator({ destroyOnReturn: false })) {
    // The stream has no encoding set, so it yields Buffers.
    const bytes = chunk as Uint8Array;
    seen += bytes.length;
    if (seen > maxBytes) throw tooLarge(maxBytes);
    yield bytes;
  }
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('too_large', { limit: `${maxBytes} bytes` });
}
