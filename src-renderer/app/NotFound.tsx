import { Link } from '@tanstack/react-router';
import { EmptyState } from '../ui/EmptyState.tsx';

export function NotFound() {
  return (
    <EmptyState
      cause="no-data"
      title="There is no screen at this address"
      actions={<Link to="/">Go to Overview</Link>}
    />
  );
}
