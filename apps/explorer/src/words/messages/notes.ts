/** Words of notes on the chart. English, Hindi, Urdu. */
import type { Messages } from '../message.ts'

export const NOTES = {
  'app.part.notes': ['The notes on the chart', 'चार्ट की टिप्पणियाँ', 'چارٹ کے نوٹ'],
  'dock.notes': ['Notes', 'टिप्पणियाँ', 'نوٹ'],
  'note.new': ['Add a note', 'टिप्पणी जोड़ें', 'نوٹ لکھیں'],
  'note.change': ['Change the note', 'टिप्पणी बदलें', 'نوٹ بدلیں'],
  'note.about': ['About:', 'किसके बारे में:', 'کس کے بارے میں:'],
  'note.on-canvas': ['nothing in particular: it stands free on the chart', 'किसी एक के बारे में नहीं: चार्ट पर अलग रहेगी', 'کسی ایک کے بارے میں نہیں: چارٹ پر الگ رہے گا'],
  'note.words': ['Words', 'शब्द', 'الفاظ'],
  'note.masked': ['Names and numbers of protected persons are kept as their codes. A note is in every picture of the chart and is saved with it.', 'संरक्षित व्यक्तियों के नाम और नंबर उनके कोड के रूप में रखे जाते हैं। टिप्पणी चार्ट के हर चित्र में रहती है और उसके साथ सहेजी जाती है।', 'محفوظ افراد کے نام اور نمبر ان کے کوڈ کی صورت میں رکھے جاتے ہیں۔ نوٹ چارٹ کی ہر تصویر میں رہتا ہے اور اس کے ساتھ محفوظ ہوتا ہے۔'],
  'note.was-masked': ['A protected name or number in it was replaced by its code', 'उसमें संरक्षित नाम या नंबर की जगह उसका कोड रखा गया', 'اس میں محفوظ نام یا نمبر کی جگہ اس کا کوڈ رکھا گیا'],
  'note.keep': ['Keep the note', 'टिप्पणी रखें', 'نوٹ رکھیں'],
  'note.remove': ['Take it off the chart', 'चार्ट से हटाएँ', 'چارٹ سے ہٹائیں'],
  'note.handle': ['Click to change, drag to move', 'बदलने के लिए क्लिक करें, खिसकाने के लिए खींचें', 'بدلنے کے لیے کلک کریں، ہٹانے کے لیے کھینچیں'],
  'note.label': ['Note about {about}: {text}. Enter changes it, arrow keys move it, Delete takes it off.', '{about} पर टिप्पणी: {text}। Enter से बदलें, तीर कुंजियों से खिसकाएँ, Delete से हटाएँ।', '{about} پر نوٹ: {text}۔ Enter سے بدلیں، تیر والی کنجیوں سے ہلائیں، Delete سے ہٹائیں۔'],
  'note.none': ['No notes on this chart yet. Pick what a note is about and press M.', 'इस चार्ट पर अभी कोई टिप्पणी नहीं। जिसके बारे में हो उसे चुनें और M दबाएँ।', 'اس چارٹ پر ابھی کوئی نوٹ نہیں۔ جس کے بارے میں ہو اسے چنیں اور M دبائیں۔'],
  'note.seen': ['in sight', 'दिख रही है', 'نظر آ رہا ہے'],
  'note.hidden': ['hidden with it', 'उसके साथ छिपी है', 'اس کے ساتھ چھپا ہے'],
  'column.note': ['Note', 'टिप्पणी', 'نوٹ'],
  'column.about': ['About', 'किसके बारे में', 'کس کے بارے میں'],
  'column.seen': ['On the chart', 'चार्ट पर', 'چارٹ پر'],
  'step.note': ['Note: {text}', 'टिप्पणी: {text}', 'نوٹ: {text}'],
  'step.note-change': ['Note changed: {text}', 'टिप्पणी बदली: {text}', 'نوٹ بدلا: {text}'],
  'step.note-move': ['Note moved: {text}', 'टिप्पणी खिसकाई: {text}', 'نوٹ ہلایا: {text}'],
  'step.note-remove': ['Note taken off: {text}', 'टिप्पणी हटाई: {text}', 'نوٹ ہٹایا: {text}'],
} as const satisfies Messages
