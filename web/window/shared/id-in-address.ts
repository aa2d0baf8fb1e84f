import { useParams } from '@tanstack/react-router'

/** The `$id` of the page's address. */
export function useIdInAddress(): string {
  const { id } = useParams({ strict: false }) as { readonly id?: string }
  return id ?? ''
}
