import { useNavigate } from '@tanstack/react-router';
import type { FindSearch } from './find-search';

/** Changes the address, which is where a search lives. */
export function usePutSearch() {
  const navigate = useNavigate({ from: '/spaces' });
  return (change: Partial<FindSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });
}
