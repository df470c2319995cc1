import { STEP_SECONDS, showPass } from '@wire/kernel/pass-code/esc1.js';
import { useEffect, useState } from 'react';
import { serverNowMs } from '../api/call';
import type { HeldCredential, HolderKey } from './held';
import { signer } from './pass-store';

const STEP_MS = STEP_SECONDS * 1000;

/** `typed` is read out where no camera can see; the next one comes with every other code. */
export type ShownCode = { readonly text: string; readonly typed: string | null; readonly step: number };

/** A new code at each step of the server's clock, made on this phone, with or without a network. */
export function useRotatingCode(
  held: HeldCredential | null,
  key: HolderKey | null,
  spaceTag: Uint8Array | null,
): ShownCode | null {
  const [shown, setShown] = useState<ShownCode | null>(null);
  useEffect(() => {
    if (!held || !key || !spaceTag) return;
    const sign = signer(key);
    let timer: ReturnType<typeof setTimeout>;
    let isGone = false;
    const show = async () => {
      const nowMs = serverNowMs();
      const at = { credentialId: held.credentialId, now: Math.floor(nowMs / 1000), spaceTag };
      const text = await showPass(held.credential, at, sign);
      const typed = held.typedKey ? await (await import('./typed')).showTyped(held.typedKey, at) : null;
      if (isGone) return;
      setShown({ text, typed, step: Math.floor(nowMs / STEP_MS) });
      timer = setTimeout(() => void show(), STEP_MS - (serverNowMs() % STEP_MS));
    };
    void show();
    // A phone that slept shows an old code: make a new one as soon as it is looked at.
    const wake = () => {
      if (document.visibilityState !== 'visible') return;
      clearTimeout(timer);
      void show();
    };
    document.addEventListener('visibilitychange', wake);
    return () => {
      isGone = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', wake);
    };
  }, [held, key, spaceTag]);
  return held && key && spaceTag ? shown : null;
}

/** Seconds until the next code. */
export function useSecondsLeft(): number {
  const left = () => Math.ceil((STEP_MS - (serverNowMs() % STEP_MS)) / 1000);
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(left()), 1000);
    return () => clearInterval(timer);
  }, []);
  return seconds;
}
