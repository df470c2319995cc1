/// <reference lib="webworker" />
/**
 * Reads QR codes off the main thread: the small decoder first; the WebAssembly one is loaded when asked
 * for and then tried on what the first could not read.
 */
import { decodeQR } from 'qr/decode.js';
import { prepareZXingModule, purgeZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';

export type DecodeRequest = { readonly frame: ImageData; readonly withWasm: boolean };
export type DecodeAnswer = { readonly text: string | null };

declare const self: DedicatedWorkerGlobalScope;

const TRY_AGAIN_MS = 10_000;

let isPrepared = false;
let failedAtMs = -Infinity;

self.addEventListener('message', ({ data }: MessageEvent<DecodeRequest>) => {
  void decode(data)
    .catch(() => null) // a frame without an answer would be the last one that the camera asks about
    .then((text) => self.postMessage({ text } satisfies DecodeAnswer));
});

async function decode({ frame, withWasm }: DecodeRequest): Promise<string | null> {
  try {
    return decodeQR(frame);
  } catch {
    const mayTry = withWasm && performance.now() - failedAtMs > TRY_AGAIN_MS;
    return mayTry ? decodeWithWasm(frame) : null; // it throws when it sees no code
  }
}

async function decodeWithWasm(frame: ImageData): Promise<string | null> {
  if (!isPrepared) {
    // From our own origin: the library's default would ask a content network.
    prepareZXingModule({
      overrides: {
        locateFile: (file: string, prefix: string) => (file.endsWith('.wasm') ? wasmUrl : prefix + file),
      },
    });
    isPrepared = true;
  }
  try {
    const [found] = await readBarcodes(frame, {
      formats: ['QRCode'],
      tryHarder: true,
      maxNumberOfSymbols: 1,
    });
    return found?.text ?? null;
  } catch {
    purgeZXingModule(); // it could not be fetched: asked for again with a later frame
    isPrepared = false;
    failedAtMs = performance.now();
    return null;
  }
}
