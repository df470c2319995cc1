import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef, type FormEvent } from 'react';

/** For scanners on USB or Bluetooth, which type the code and Enter, and for hands. */
export function CodeEntry({ onCode }: { onCode: (text: string) => void }) {
  const { t } = useLingui();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // A scanner types wherever the focus is: outside a field, it is led here before the character lands.
    const lead = ({ key, target }: KeyboardEvent) => {
      const isInField = target instanceof HTMLElement && target.closest('input, textarea, select, dialog');
      if (!isInField && key.length === 1 && key !== ' ') input.current?.focus();
    };
    addEventListener('keydown', lead);
    return () => removeEventListener('keydown', lead);
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const field = input.current!;
    const code = field.value.trim();
    field.value = '';
    field.blur();
    if (code) onCode(code);
  };
  return (
    <form className="code-entry" onSubmit={submit}>
      <input
        ref={input}
        aria-label={t`Type or scan a code`}
        placeholder={t`Type or scan a code`}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        dir="ltr"
      />
      <button type="submit" className="pill">
        <Trans>Check</Trans>
      </button>
    </form>
  );
}
