/** Icons of buttons and headings, inlined at build. */
import alert from 'lucide-static/icons/triangle-alert.svg?raw'
import arrow from 'lucide-static/icons/arrow-right.svg?raw'
import check from 'lucide-static/icons/badge-check.svg?raw'
import close from 'lucide-static/icons/x.svg?raw'
import doubt from 'lucide-static/icons/circle-alert.svg?raw'
import file from 'lucide-static/icons/file-text.svg?raw'
import fit from 'lucide-static/icons/fullscreen.svg?raw'
import home from 'lucide-static/icons/layout-dashboard.svg?raw'
import keys from 'lucide-static/icons/keyboard.svg?raw'
import organisers from 'lucide-static/icons/user-search.svg?raw'
import panelClose from 'lucide-static/icons/panel-left-close.svg?raw'
import panelOpen from 'lucide-static/icons/panel-left-open.svg?raw'
import picture from 'lucide-static/icons/image-down.svg?raw'
import pause from 'lucide-static/icons/pause.svg?raw'
import play from 'lucide-static/icons/play.svg?raw'
import plus from 'lucide-static/icons/plus.svg?raw'
import redo from 'lucide-static/icons/redo-2.svg?raw'
import relayout from 'lucide-static/icons/waypoints.svg?raw'
import rings from 'lucide-static/icons/users.svg?raw'
import search from 'lucide-static/icons/search.svg?raw'
import shield from 'lucide-static/icons/shield.svg?raw'
import undo from 'lucide-static/icons/undo-2.svg?raw'
import zoomIn from 'lucide-static/icons/zoom-in.svg?raw'
import zoomOut from 'lucide-static/icons/zoom-out.svg?raw'

export const TOOLS = {
  alert, arrow, check, close, doubt, file, fit, home, keys, organisers, panelClose, panelOpen, pause, picture, play, plus, redo, relayout, rings, search, shield, undo, zoomIn, zoomOut,
} as const
