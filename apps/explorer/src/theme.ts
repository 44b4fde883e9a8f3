/** Sizes and the kit's colours: navy, dense enough for a day's work; every text at least 4.5:1. */
import { createTheme, type MantineThemeOverride } from '@mantine/core'

/** `auto`: as the system says. */
export type Scheme = 'light' | 'dark' | 'auto'

export const theme: MantineThemeOverride = createTheme({
  fontFamily: '"Noto Sans Devanagari", "Noto Naskh Arabic", system-ui, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "Segoe UI Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  primaryColor: 'navy',
  primaryShade: 7,
  colors: {
    navy: ['#eef4fb', '#dbe6f3', '#b7cce6', '#8fafd8', '#6d97cd', '#4f80bd', '#366aa9', '#1f5591', '#173f6d', '#102c4d'],
  },
  defaultRadius: 'sm',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: { fontWeight: '650' },
  cursorType: 'pointer',
})
