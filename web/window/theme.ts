import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const fjord: MantineColorsTuple = [
  '#ecf7f6',
  '#d9edeb',
  '#b1dad6',
  '#85c6bf',
  '#62b5ad',
  '#4baaa1',
  '#3d9f96',
  '#2b8179',
  '#1d6f68',
  '#0b5c56',
]

/** Cooler than Mantine's own greys. */
const dark: MantineColorsTuple = [
  '#d8dde1',
  '#bac2c9',
  '#9aa5af',
  '#6d7985',
  '#3d4750',
  '#2f3840',
  '#1d242a',
  '#171c21',
  '#11161a',
  '#0c1013',
]

/** The window's look: calm, dense enough for daily work. Filled surfaces keep white text at AA. */
export const theme = createTheme({
  colors: { fjord, dark },
  primaryColor: 'fjord',
  primaryShade: { light: 9, dark: 8 },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily:
    'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Mono", "Roboto Mono", Menlo, Consolas, "Liberation Mono", monospace',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.45' },
    },
  },
})

/** Quiet text that is still read with ease: AA on every ground that it stands on. */
export const quietColours: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-dimmed': '#56616b', '--mantine-color-placeholder': '#66707a' },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-2)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-2)',
  },
})
