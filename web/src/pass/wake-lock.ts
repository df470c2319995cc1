import { useEffect } from 'react';

/** Keeps the screen on while a code is shown, or a door is open. Where the browser cannot, the phone's own setting rules. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let isGone = false;
    const take = async () => {
      if (!('wakeLock' in navigator) || document.visibilityState !== 'visible') return;
      const taken = await navigator.wakeLock.request('screen').catch(() => undefined); // low battery refuses
      if (isGone) void taken?.release();
      else lock = taken;
    };
    const retake = () => void take();
    void take();
    document.addEventListener('visibilitychange', retake);
    return () => {
      isGone = true;
      void lock?.release();
      document.removeEventListener('visibilitychange', retake);
    };
  }, []);
}
