import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/**
 * A form over something stored: what is typed, saving it, taking back what is not saved yet, and after
 * saving putting back what was there before. `put` answers with what is now stored.
 */
export function useDraft<Value>(saved: Value, put: (value: Value) => Promise<Value>) {
  const [draft, setDraft] = useState(saved);
  const [before, setBefore] = useState<Value>();
  const saving = useMutation({
    mutationFn: async ({ value }: { value: Value; undoes: boolean }) => put(value),
    onSuccess: (stored, { undoes }) => {
      setBefore(undoes ? undefined : saved);
      setDraft(stored);
    },
  });
  const isDirty = !same(draft, saved);
  const change = (next: Value) => {
    setDraft(next);
    saving.reset();
  };
  return {
    draft,
    change,
    isDirty,
    isSaving: saving.isPending,
    isSaved: saving.isSuccess && !isDirty,
    error: saving.error,
    save: () => saving.mutateAsync({ value: draft, undoes: false }),
    discard: () => change(saved),
    undo:
      before === undefined || isDirty ? undefined : () => saving.mutateAsync({ value: before, undoes: true }),
  };
}

export type Draft<Value> = ReturnType<typeof useDraft<Value>>;
