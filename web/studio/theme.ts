import { createTheme, type MantineColorsTuple } from '@mantine/core'

/** Dark enough for white words at every size that the studio uses. */
const NORTH: MantineColorsTuple = [
  '#eef3ff',
  '#dce4f5',
  '#b9c7e2',
  '#94a8d0',
  '#748dc1',
  '#5f7cb8',
  '#5474b4',
  '#3d5a96',
  '#345189',
  '#27437a',
]

export const theme = createTheme({
  primaryColor: 'north',
  primaryShade: { light: 7, dark: 7 },
  colors: { north: NORTH },
  defaultRadius: 'md',
  cursorType: 'pointer',
})
