import { useLingui } from '@lingui/react/macro';
import { X } from '@phosphor-icons/react';
import { useEffect, useRef, type ReactNode } from 'react';

/** A sheet at the side, over what it explains. The browser keeps the focus in it and closes it on Escape. */
export function Drawer({
  title,
  onClose,
  children,
}: {
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useLingui();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="drawer"
      aria-labelledby="drawer-title"
      onClose={onClose}
      onClick={({ target, currentTarget }) => target === currentTarget && onClose()}
    >
      <div className="drawer-inner">
        <header>
          <h2 id="drawer-title">{title}</h2>
          <button type="button" className="icon-button" aria-label={t`Close`} onClick={onClose}>
            <X size={20} aria-hidden="true" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
