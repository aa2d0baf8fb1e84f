import { Group, Text, type TextProps } from '@mantine/core'

/** The product's mark and name; `visibleFrom` hides the name on narrower pages. */
export function Logo({ visibleFrom }: Pick<TextProps, 'visibleFrom'>) {
  return (
    <Group gap={8} wrap="nowrap">
      <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
        <rect width="24" height="24" rx="6" fill="var(--mantine-primary-color-filled)" />
        <path
          d="M6 9h11.5l-3-3M18 15H6.5l3 3"
          fill="none"
          stroke="#fff"
          strokeWidth="1.8"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <Text fw={700} {...(visibleFrom === undefined ? {} : { visibleFrom })}>
        Replyline
      </Text>
    </Group>
  )
}
