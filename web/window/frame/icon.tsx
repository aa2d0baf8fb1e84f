/** The navigation's own drawings, 20 units square. */
const PATHS_OF = {
  overview: 'M3 10.5 10 4l7 6.5M5 9v7h10V9',
  conversations: 'M4 4h12v9H9l-4 3.5V13H4z',
  problems: 'M10 3.5 17.5 16h-15zM10 8.5v3.5M10 14v.1',
  lookUp: 'M9 14A5 5 0 1 0 9 4a5 5 0 0 0 0 10zM12.8 12.8 17 17',
  connections: 'M7 10h6M8.5 6.5H6a3.5 3.5 0 0 0 0 7h2.5M11.5 6.5H14a3.5 3.5 0 0 1 0 7h-2.5',
  doctor: 'M3 10.5h3.5L8.5 5l3 10 2-4.5H17',
} as const

export type IconName = keyof typeof PATHS_OF

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg width="18" height="18" viewBox="0 0 20 20" aria-hidden="true">
      <path
        d={PATHS_OF[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
