import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createContext, use } from 'react';
import type { z } from 'zod';
import { call } from '../../api/call';
import type { Space } from '../../api/spaces';

/** Where this tablet stands, and what it says who it is: a paired one by its token, else by whoever is signed in. */
export type Desk = { readonly space: Space; readonly token: string | undefined };

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  return use(DeskContext)!;
}

interface Act<Out extends z.ZodType> {
  readonly path: `/v1/${string}`;
  readonly body?: unknown;
  readonly returns: Out;
  /** For what only a person may do: the token of the tablet is left out. */
  readonly asPerson?: boolean;
}

/** One thing done at the desk; the lists beside it are asked again afterwards. */
export function useDeskAct<Out extends z.ZodType, Input = void>(
  act: (input: Input) => Act<Out>,
  onSuccess?: (answer: z.output<Out>) => void,
) {
  const { token } = useDesk();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => {
      const { path, body, returns, asPerson } = act(input);
      const as = token && !asPerson ? { token } : {};
      return call(path, { method: 'PUT', ...(body === undefined ? {} : { body }), returns, ...as });
    },
    onSuccess: (answer) => {
      void queries.invalidateQueries({ queryKey: ['desk'] });
      onSuccess?.(answer);
    },
  });
}
