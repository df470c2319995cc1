import { useEffect, useRef, useState, type RefObject } from 'react';
import { openDecoder } from './decoder';

const FRAME_MS = 83; // twelve frames a second are enough and leave the tablet cool
/** Somebody pulls the plug of the camera, or another app had it: it is looked for again. */
const RETRY_MS = 3_000;
const FACING_KEY = 'escale.camera-facing';

export type CameraState = 'starting' | 'running' | 'blocked' | 'absent';
export type Facing = 'environment' | 'user';

export type Camera = {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly state: CameraState;
  readonly facing: Facing;
  /** Null when the lamp cannot be switched: never a dead button. */
  readonly torch: { readonly isOn: boolean; readonly toggle: () => void } | null;
  readonly turn: () => void;
};

/** Runs the camera while `isWanted`, and gives every code it sees to `onCode`. */
export function useCamera(isWanted: boolean, onCode: (text: string) => void): Camera {
  const video = useRef<HTMLVideoElement>(null);
  const heard = useRef(onCode);
  heard.current = onCode;
  const [state, setState] = useState<CameraState>('starting');
  const [facing, setFacing] = useState<Facing>(rememberedFacing);
  const [track, setTrack] = useState<MediaStreamTrack | null>(null);
  const [isLit, setLit] = useState(false);

  useEffect(() => {
    if (!isWanted) return;
    const stop = new AbortController();
    const { signal } = stop;
    let timer: ReturnType<typeof setTimeout>;
    const start = async () => {
      await run(video.current!, facing, { signal, onState: setState, onTrack: setTrack, onCode: heard });
      if (!signal.aborted) timer = setTimeout(() => void start(), RETRY_MS);
    };
    void start();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [isWanted, facing]);

  const canLight = track !== null && 'torch' in track.getCapabilities();
  return {
    video,
    state,
    facing,
    torch: canLight
      ? { isOn: isLit, toggle: () => void light(track, !isLit).then(() => setLit(!isLit)) }
      : null,
    turn() {
      const next = facing === 'user' ? 'environment' : 'user';
      localStorage.setItem(FACING_KEY, next);
      setFacing(next);
    },
  };
}

function rememberedFacing(): Facing {
  return localStorage.getItem(FACING_KEY) === 'user' ? 'user' : 'environment';
}

async function light(track: MediaStreamTrack, isOn: boolean): Promise<void> {
  await track.applyConstraints({ advanced: [{ torch: isOn } as MediaTrackConstraintSet] });
}

interface Run {
  readonly signal: AbortSignal;
  readonly onState: (state: CameraState) => void;
  readonly onTrack: (track: MediaStreamTrack | null) => void;
  readonly onCode: RefObject<(text: string) => void>;
}

/** One life of the camera: open, read frame after frame, close. */
async function run(
  video: HTMLVideoElement,
  facing: Facing,
  { signal, onState, onTrack, onCode }: Run,
): Promise<void> {
  let stream: MediaStream;
  try {
    stream = await openStream(facing);
  } catch (error) {
    if (signal.aborted) return;
    onState(error instanceof DOMException && error.name === 'NotAllowedError' ? 'blocked' : 'absent');
    return;
  }
  const decoder = await openDecoder();
  try {
    if (signal.aborted) return;
    video.srcObject = stream;
    await video.play();
    onTrack(stream.getVideoTracks()[0] ?? null);
    onState('running');
    while (!signal.aborted) {
      const text = video.readyState >= video.HAVE_CURRENT_DATA ? await decoder.read(video) : null;
      if (text !== null && !signal.aborted) onCode.current(text);
      await new Promise((resolve) => setTimeout(resolve, FRAME_MS));
    }
  } catch {
    if (!signal.aborted) onState('absent');
  } finally {
    decoder.close();
    onTrack(null);
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  }
}

async function openStream(facing: Facing): Promise<MediaStream> {
  // Without HTTPS there is no camera at all.
  if (!navigator.mediaDevices) throw new DOMException('No secure context', 'NotAllowedError');
  return navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: { ideal: facing }, width: { ideal: 1280 }, height: { ideal: 720 } },
  });
}
