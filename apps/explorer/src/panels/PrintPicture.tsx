/** The chart as a picture for the printer: a drawing surface of the graphics card prints empty. */
import { useEffect, useState } from 'react'
import { pictureOf } from '../chart/picture.ts'
import { currentChart } from '../chart/steps.ts'
import { getState } from '../state.ts'
import { visibleNow } from '../visible.ts'
import { ringLabel } from '../words/terms.ts'

export function PrintPicture() {
  const [picture, setPicture] = useState<{ readonly src: string; readonly alt: string } | null>(null)
  useEffect(() => {
    const before = (): void => {
      const { stage, steps } = getState()
      const visible = visibleNow()
      if (stage !== null && steps !== null && visible !== null) setPicture({ src: pictureOf(stage, steps, visible).canvas.toDataURL('image/png'), alt: ringLabel(currentChart(steps).title) })
    }
    const after = (): void => setPicture(null)
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    return () => {
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
    }
  }, [])
  return picture === null ? null : <img className="print-picture" src={picture.src} alt={picture.alt} />
}
