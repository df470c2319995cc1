import type { DecodeAnswer, DecodeRequest } from './decode.worker';

const WASM_AFTER_MS = 1_500;
const CROP_PX = 720;

interface NativeDetector {
  detect(source: ImageBitmapSource): Promise<{ rawValue: string }[]>;
}
declare global {
  // The Shape Detection API; Chromium on Linux and Safari have it not.
  var BarcodeDetector:
    | { new (options: { formats: string[] }): NativeDetector; getSupportedFormats(): Promise<string[]> }
    | undefined;
}

/** Reads what is on the picture of a running camera. */
export type Decoder = { read(video: HTMLVideoElement): Promise<string | null>; close(): void };

export async function openDecoder(): Promise<Decoder> {
  const formats = (await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => [])) ?? [];
  if (!formats.includes('qr_code')) return workerDecoder();
  const detector = new globalThis.BarcodeDetector!({ formats: ['qr_code'] });
  return {
    read: async (video) => (await detector.detect(video))[0]?.rawValue ?? null,
    close: () => {},
  };
}

/** One for the life of the page: a camera that starts again asks the network for nothing. */
let kept: Worker | undefined;

function keptWorker(): Worker {
  if (kept) return kept;
  const worker = new Worker(new URL('decode.worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('error', () => (kept = undefined));
  kept = worker;
  return worker;
}

function workerDecoder(): Decoder {
  const worker = keptWorker();
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  let lastHitMs = performance.now();
  return {
    async read(video) {
      const frame = centre(video, canvas, context);
      const withWasm = performance.now() - lastHitMs > WASM_AFTER_MS;
      const text = await ask(worker, { frame, withWasm });
      if (text !== null) lastHitMs = performance.now();
      return text;
    },
    close: () => {},
  };
}

/** The middle square: that is where people hold a phone, and a third of the pixels. */
function centre(
  video: HTMLVideoElement,
  canvas: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
): ImageData {
  const { videoWidth: width, videoHeight: height } = video;
  const side = Math.min(width, height);
  const drawn = Math.min(side, CROP_PX);
  if (canvas.width !== drawn) canvas.width = canvas.height = drawn;
  context.drawImage(video, (width - side) / 2, (height - side) / 2, side, side, 0, 0, drawn, drawn);
  return context.getImageData(0, 0, drawn, drawn);
}

function ask(worker: Worker, request: DecodeRequest): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const end = new AbortController();
    const once = { once: true, signal: end.signal };
    const answered = ({ data }: MessageEvent<DecodeAnswer>) => {
      end.abort();
      resolve(data.text);
    };
    const failed = ({ message }: ErrorEvent) => {
      end.abort();
      reject(new Error(message));
    };
    worker.addEventListener('message', answered, once);
    worker.addEventListener('error', failed, once);
    worker.postMessage(request, [request.frame.data.buffer]);
  });
}
