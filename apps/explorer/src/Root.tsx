/** The kit's provider in the language, direction and colours that are chosen; another language draws everything anew. */
import { DirectionProvider, MantineProvider } from '@mantine/core'
import { useColorScheme } from '@mantine/hooks'
import { App } from './App.tsx'
import { useExplorer } from './state.ts'
import { theme } from './theme.ts'
import { direction } from './words/language.ts'

export function Root() {
  const language = useExplorer((state) => state.language)
  const chosen = useExplorer((state) => state.scheme)
  const system = useColorScheme('light')
  return (
    <DirectionProvider key={language} initialDirection={direction(language)} detectDirection={false}>
      <MantineProvider theme={theme} forceColorScheme={chosen === 'auto' ? system : chosen} deduplicateInlineStyles>
        <App />
      </MantineProvider>
    </DirectionProvider>
  )
}
