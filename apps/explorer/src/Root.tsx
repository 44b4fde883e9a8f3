/** The kit's provider in the language, direction and colours that are chosen; another language draws everything anew. */
import { DirectionProvider, MantineProvider } from '@mantine/core'
import { App } from './App.tsx'
import { useExplorer } from './state.ts'
import { theme } from './theme.ts'
import { direction } from './words/language.ts'

export function Root() {
  const language = useExplorer((state) => state.language)
  return (
    <DirectionProvider key={language} initialDirection={direction(language)} detectDirection={false}>
      <MantineProvider theme={theme} forceColorScheme="light" deduplicateInlineStyles>
        <App />
      </MantineProvider>
    </DirectionProvider>
  )
}
