/** Language and colours of the screen, remembered on this machine. */
import { ActionIcon } from '@mantine/core'
import { chooseLanguage, chooseScheme } from '../preferences.ts'
import { Icon } from '../icons/Icon.tsx'
import { TOOLS } from '../icons/tool-icons.ts'
import { useExplorer } from '../state.ts'
import { LANGUAGE_NAMES, LANGUAGES } from '../words/language.ts'
import { say } from '../words/say.ts'

const SCHEMES = [['light', 'top.light'], ['dark', 'top.dark'], ['auto', 'top.system']] as const

export function Settings() {
  const language = useExplorer((state) => state.language)
  const scheme = useExplorer((state) => state.scheme)
  return (
    <>
      <ActionIcon variant="white" color="navy" size={28} popoverTarget="settings" aria-label={say('top.settings')} title={say('top.settings')}><Icon svg={TOOLS.settings} size={17} /></ActionIcon>
      <div id="settings" popover="auto" className="settings">
        <fieldset>
          <legend>{say('top.language')}</legend>
          {LANGUAGES.map((one) => (
            <label key={one} className="choice" lang={one}><input type="radio" name="language" value={one} checked={language === one} onChange={() => void chooseLanguage(one)} /> <bdi>{LANGUAGE_NAMES[one]}</bdi></label>
          ))}
        </fieldset>
        <fieldset>
          <legend>{say('top.colours')}</legend>
          {SCHEMES.map(([one, key]) => (
            <label key={one} className="choice"><input type="radio" name="scheme" value={one} checked={scheme === one} onChange={() => chooseScheme(one)} /> {say(key)}</label>
          ))}
        </fieldset>
      </div>
    </>
  )
}
