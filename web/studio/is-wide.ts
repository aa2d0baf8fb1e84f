import { useMediaQuery } from '@mantine/hooks'

/** Whether there is room for phone, desk and profile side by side; the style sheets know the same width. */
export function useIsWide(): boolean {
  return useMediaQuery('(min-width: 1100px)', true, { getInitialValueInEffect: false })
}
