/** What columns of records to be linked are by their headings, in the languages of Europe and India; and which of them name the record or give the answer away, and are never compared. */
import type { ContradictoryColumn } from '@ringmap/linkage/batch/contradictions'
import type { ColumnPlan } from '@ringmap/linkage/batch/link-plan'
import { headingWords, meaningOfHeading, type Meaning } from '@ringmap/sources/sniff-headers'

const TRUTH = /^(?:(?:true|real|gold|known|correct)? ?(?:cluster|entity|truth|group|match|identity|label|gold)(?: ?(?:id|no|num|number|label|key))?|true ?id|ground truth|person uid|dup(?:licate)?(?: (?:of|id))?|is (?:match|duplicate))$/
const ID = /^(?:(?:unique|rec|record|row|source|serial|sr|s|ref|reference|person|customer|client|patient|voter list|entry|key) ?(?:id|no|num|number|ref|key)|id|uid|key|index|rowid|recid|unnamed 0|unnamed: 0|s no)$/
/** Headings that may number the rows, if no two rows have the same: of a company, a book, a voter. */
const MAY_NUMBER = /(?:^| )(?:id|ids|no|nr|num|number|nummer|numero|número|key|code|ref|recordid|uuid|guid|lfd|crm)$|^(?:lfd|laufende|sl|sno|kunden ?n(?:r|ummer))\b/

/** Columns that give the answer away. */
export function columnIsTruth(column: string): boolean {
  return TRUTH.test(headingWords(column))
}

/** Headings of columns that number the rows. */
export function idHeading(column: string): boolean {
  return ID.test(headingWords(column)) || /^source dataset$/.test(headingWords(column))
}

/** Headings of columns that number the rows if no two rows have the same value, neither in one file nor in another. */
export function mayNumberRows(column: string): boolean {
  return MAY_NUMBER.test(plain(column))
}

/** What a record of a person, a firm or a book is called elsewhere; first match wins. */
const HEADINGS: readonly (readonly [Meaning, RegExp])[] = [
  ['born', /^(?:geburts(?:datum|tag)|geb(?:oren)?(?: (?:am|datum))?|(?:date (?:de )?)?naissance|date naiss|fecha (?:de )?nac(?:imiento)?|data (?:di|de) nasc(?:ita|imento)|geboortedatum|data urodzenia|datum narozeni|fodselsdato|дата рождения|d ?o ?b(?: .*)?|(?:date|year|yr) of birth(?: .*)?|birth ?(?:date|day|year|dt|yr)|yob|born on|bdate)$/],
  ['given_name', /^(?:(?:given|first|fore|christian)[ -]?(?:name|nm)s?|fname|first|given|forename|vorname|rufname|pr[ée]noms?|nombres?(?: de pila)?|nome|voornaam|imi[eę]|fornavn|förnamn|имя|名)(?: ?\d)?$/],
  ['surname', /^(?:(?:sur|last|family)[ -]?(?:name|nm)s?|lname|last|sname|nachname|familienname|zuname|nom(?: de famille)?|apellidos?(?: \w+)?|cognome|sobrenome|apelido|achternaam|nazwisko|etternavn|efternamn|фамилия|姓)(?: ?\d)?$/],
  ['alias', /^(?:mid(?:dle|l)?(?: ?(?:name|nm|initial))?|mname|second name|zweiter vorname|отчество)$/],
  ['sex', /^(?:sex|gender|geschlecht|sexe|sexo|sesso|geslacht|p[lł]e[cć]|пол)(?: ?(?:code|cd|id))?$/],
  ['pin', /^(?:(?:res |mail )?(?:zip|post(?:al)?|pin)(?: ?code)?(?: ?\d)?|plz|postleitzahl|code postal|cp|cod(?:igo)? postal|cap|cep|postcode \w+|kod pocztowy|индекс)$/],
  ['phone', /^(?:(?:phone|telephone|mobile|tel|telefon|t[ée]l[ée]phone|telefono|teléfono|telefone|telefoon|handy|mobil(?:e|telefon|nummer)?|portable|m[oó]vil|cell|fax|телефон|rufnummer)(?: ?(?:no|nr|num|number|nummer|numero|\d))?|(?:home|work|office|business|day|evening) ?(?:phone|tel|telephone)(?: ?(?:no|num|number))?)$/],
  ['email', /^(?:e ?mail(?: ?(?:address|adresse|id|\d))?|mail|courriel|correo(?: electronico)?|posta elettronica)$/],
  ['address', /^(?:(?:mail|res|street|home|postal|registered|reg|full)? ?addr(?:ess)?(?: ?(?:line)? ?\d)?|street(?: ?(?:name|addr\w*))?|str(?:a(?:ss|ß)e)?(?: ?(?:nr|und hausnummer))?|adresse|anschrift|rue|calle|direcci[oó]n|domicilio|via|indirizzo|endere[cç]o|rua|adres|straat|ulica|адрес|улица)$/],
  ['place', /^(?:(?:res )?city(?: (?:desc|name))?|town|suburb|locality|ort|wohnort|stadt|ville|commune|ciudad|localidad|citt[aà]|comune|cidade|stad|plaats|woonplaats|miasto|город|place of birth|birth ?place|geburtsort|lieu de naissance)$/],
  ['district', /^(?:county|state(?: ?(?:cd|code|name))?|province|provincia|region|r[ée]gion|canton|kanton|bundesland|d[ée]partement|oblast|область)(?: ?(?:desc|name|code))?$/],
]

/** The meaning of a heading for linking: what the words of a person's record mean comes before what calls and payments would make of them. */
export function linkMeaning(column: string): Meaning | null {
  const words = plain(column)
  for (const [meaning, pattern] of HEADINGS) if (pattern.test(words)) return meaning
  return meaningOfHeading(column)
}

/** By which number or name one is reached, what one does and has. */
const CONTACT: ReadonlySet<Meaning> = new Set<Meaning>(['phone', 'email', 'handle', 'occupation', 'account', 'upi', 'ifsc', 'imei', 'imsi', 'plate', 'note', 'age'])

const HOME: ReadonlySet<Meaning> = new Set<Meaning>(['address', 'place', 'district', 'pin'])

/** What of a person's life changes with what stands in a column; where one was born does not. */
export function changesWith(column: string): 'home' | 'contact' | undefined {
  const words = plain(column)
  if (/birth|born|geburt|naissance|nacimiento|nascita/.test(words)) return undefined
  const meaning = linkMeaning(column)
  if (meaning !== null && HOME.has(meaning)) return 'home'
  if (meaning !== null && CONTACT.has(meaning)) return 'contact'
  return /^(?:street|house|flat|unit|apartment|apt|building|hausnummer|hnr|po box)(?: ?(?:no|nr|num|number))?$/.test(words) ? 'home' : undefined
}

/** Papers of which a person has one. */
const PAPERS: ReadonlySet<Meaning> = new Set<Meaning>(['passport', 'pan', 'aadhaar', 'voter_id', 'driving_licence'])

/** Columns in which two records that differ cannot be one person: two papers of a kind, births a generation apart. Two passports of two nations are none. */
export function contradictoryColumns(columns: readonly ColumnPlan[]): ContradictoryColumn[] {
  const meaningOf = ({ name, from }: ColumnPlan): Meaning | null => linkMeaning(from[0] ?? name)
  const nation = columns.find((column) => meaningOf(column) === 'nationality')?.name
  return columns.flatMap((column): ContradictoryColumn[] => {
    const meaning = meaningOf(column)
    if (column.kind === 'code' && meaning !== null && PAPERS.has(meaning)) return [{ field: column.name, as: 'paper', ...(meaning === 'passport' && nation !== undefined ? { unless: nation } : {}) }]
    return column.kind === 'date' && meaning === 'born' ? [{ field: column.name, as: 'born' }] : []
  })
}

function plain(column: string): string {
  return headingWords(column).replaceAll(/\s+/g, ' ')
}
