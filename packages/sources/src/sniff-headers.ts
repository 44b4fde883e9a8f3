/** What a column is by its heading: English as operators, banks and registers write it, and Hindi in both scripts. */

export const MEANINGS = [
  'a_party', 'b_party', 'phone', 'imei', 'imsi', 'cell', 'date', 'time', 'until', 'duration', 'call_type', 'direction', 'operator', 'activated',
  'plate', 'model', 'colour', 'chassis', 'plaza', 'lane', 'account', 'from_account', 'to_account', 'ifsc', 'bank', 'amount', 'debit', 'credit', 'balance', 'upi', 'from_upi', 'to_upi', 'email', 'handle',
  'person_id', 'name', 'given_name', 'surname', 'alias', 'father', 'mother', 'spouse', 'born', 'age', 'sex', 'nationality', 'occupation', 'address', 'place', 'district', 'pin', 'role',
  'pan', 'aadhaar', 'voter_id', 'passport', 'driving_licence', 'fir', 'station', 'sections', 'accused', 'victim', 'witness', 'commodity', 'hotel', 'room', 'check_in', 'check_out', 'coming_from',
  'latitude', 'longitude', 'azimuth', 'radius', 'site', 'source', 'target', 'weight', 'relation', 'note',
] as const
export type Meaning = (typeof MEANINGS)[number]

const NUMBER = '(?: ?(?:no|nos|num|number|numbers|sankhya|id|nr|nmbr|details))?'

/** First match wins, so the narrow stand before the wide. Headings arrive in small letters, words parted by one space. */
const WRITTEN: readonly (readonly [Meaning, RegExp])[] = [
  ['a_party', /^target (?:no|num|number)$/],
  ['a_party', new RegExp(`^(?:a party|aparty|calling|calling party|caller|calling (?:party )?(?:telephone|phone|mobile|msisdn)|call from|from (?:phone|mobile|msisdn|number|no)|originating|originator|sender (?:phone|mobile|number|no|msisdn)|target (?:mobile|phone|msisdn)|a msisdn|msisdn a|cdr party|searched|search value|caller id|source (?:phone|mobile|msisdn|number))${NUMBER}$`)],
  ['b_party', new RegExp(`^(?:b party|bparty|called|called party|callee|called (?:party )?(?:telephone|phone|mobile|msisdn)|call to|to (?:phone|mobile|msisdn|number|no)|terminating|dial+ed|dial+ed digits|receiver (?:phone|mobile|number|no|msisdn)|recipient (?:phone|mobile|number)|other party|b msisdn|msisdn b|opposite party|destination (?:phone|mobile|msisdn|number))${NUMBER}$`)],
  ['imei', /\bimei\b/], ['imsi', /\bimsi\b/],
  ['latitude', /^(?:lat|latitude|cell lat|site lat)\b/], ['longitude', /^(?:lon|long|lng|longitude|cell long|site long)\b/],
  ['azimuth', /^(?:azimuth|bearing|direction deg|antenna direction)\b/], ['radius', /^(?:radius|cell radius|range|coverage radius|cell range)(?: in)?(?: ?(?:m|mtr|mtrs|metres|meters))?$/],
  ['cell', /^(?:first cell(?: (?:global )?id)?|first cgi|cell ?id(?: ?[a1])?|cell1|cgi|first bts|bts id|tower(?: id| no)?|cell tower(?: id)?|start cell(?: id)?|site id|lac cell|enb id|cell global id)$/],
  ['check_in', /\b(?:check ?in|arrival|arrived|date of arrival)\b/], ['check_out', /\b(?:check ?out|departure|departed|date of departure)\b/],
  ['activated', /\b(?:activat\w*|date of activation|doa|connection date|sim sale date|caf date)\b/],
  ['born', /^(?:dob|born|birth|date of birth|birth date|d o b|janm tithi|janam tithi|जन्म तिथि|जन्मतिथि)$/],
  ['until', /^(?:end (?:date ?)?time|end date|call end time|(?:call )?termination time|call termination time|until|to date|till|disconnect time)$/],
  ['time', /^(?:time|call time|call initiation time|initiation time|start time|call start time|samay|समय|txn time|transaction time|time of (?:call|passing|entry))$/],
  ['duration', /\b(?:duration|dur|call dur|talk time|durn|avadhi|अवधि)\b/],
  ['direction', /^(?:direction|in out|incoming outgoing|io|call direction)$/],
  ['call_type', /^(?:call type|type of call|calltype|service type|event type|usage type|call service|type|record type|toc)$/],
  ['from_upi', /^(?:payer|from|sender|remitter|debit|source) (?:vpa|upi)(?: id)?$/], ['to_upi', /^(?:payee|to|beneficiary|receiver|credit|dest(?:ination)?) (?:vpa|upi)(?: id)?$/],
  ['upi', /\b(?:vpa|upi)\b/], ['email', /\be ?mail\b/], ['handle', /\b(?:telegram|instagram|facebook|twitter|handle|user ?name|screen name|social media)\b/],
  ['ifsc', /\bifsc?c?\b/],
  ['from_account', new RegExp(`^(?:from|payer|sender|remitter|debit(?:ed)?|source|dr|drawer|originator)(?: bank)? (?:account|a c|ac|acc|acct|khata)${NUMBER}$`)],
  ['to_account', new RegExp(`^(?:to|payee|beneficiary|bene|receiver|credit(?:ed)?|dest(?:ination)?|cr|counterparty|counter party)(?: bank)? (?:account|a c|ac|acc|acct|khata)${NUMBER}$`)],
  ['account', /^(?:(?:bank )?(?:account|a c|ac|acc|acct|khata)(?: (?:no|num|number|id|sankhya))?|accountno|accno|खाता संख्या|खाता)$/],
  ['balance', /\bbalance\b/], ['debit', /^(?:debit|withdrawal|dr|paid out)(?: ?(?:amt|amount|rs|inr))*$/], ['credit', /^(?:credit|deposit|cr|paid in)(?: ?(?:amt|amount|rs|inr))*$/],
  ['amount', /^(?:(?:txn|transaction|transfer|total|net)? ?(?:amount|amt|value|rashi|sum)(?: ?(?:rs|inr|rupees|usd|paise))*|राशि|रकम)$/],
  ['bank', /^(?:bank|bank name|name of bank|branch|bank branch)$/],
  ['fir', new RegExp(`^(?:fir|f i r|fir cr|crime|cr|case|case fir|mukadma|mukadama|मुकदमा|प्राथमिकी|case crime)${NUMBER}$`)],
  ['station', /\b(?:police station|p s|ps|thana|थाना|ps name)\b/],
  ['sections', /\b(?:sections?|u s|under section|dhara|धारा|offences?|offenses?|act and section)\b/],
  ['accused', /^(?:(?:name of )?(?:the )?(?:accused|abhiyukt|arrested|arrestee|आरोपी|अभियुक्त)(?: (?:persons?|name|person name|ka naam))?|(?:arrested|accused) (?:person|persons))$/],
  ['victim', /^(?:(?:name of )?(?:the )?(?:victims?|peedit|pidit|rescued|survivors?|पीड़ित)(?: (?:persons?|name|person name|ka naam))?)$/],
  ['witness', /^(?:(?:name of )?(?:the )?(?:witness(?:es)?|gawah|गवाह|complainant|informant)(?: (?:persons?|name|person name|ka naam))?)$/],
  ['commodity', /^(?:commodity|contraband|goods|seized item|item seized|drug|article)$/],
  ['hotel', /\b(?:hotel|guest house|guesthouse|lodge|dharamshala|sarai|homestay)\b/], ['room', /^(?:room|room ?(?:no|num|number)|कमरा)$/],
  ['coming_from', /\b(?:coming from|arrived from|from where|proceeding|going to|native place)\b/],
  ['plaza', /\b(?:toll(?! (?:amount|fee|tax|paid|charges?|rs))|plaza|naka|check ?post|camera|camera id|gantry|checkpoint|barrier)\b/], ['lane', /^(?:lane|lane ?(?:no|id|number))$/],
  ['plate', new RegExp(`^(?:(?:vehicle|veh|vhcl|car|vahan|gadi|gaadi|reg|regn|regd|registration|licen[cs]e plate|number plate|plate)(?: (?:reg|regn|regd|registration|plate))?${NUMBER}|vrn|vehicleno|regno|plate|गाड़ी (?:नंबर|संख्या)|वाहन (?:संख्या|नंबर))$`)],
  ['chassis', /\b(?:chassis|engine|vin)\b/], ['model', /\b(?:maker|model|make|vehicle class|vehicle type)\b/], ['colour', /^(?:vehicle )?colou?r$/],
  ['pan', /^pan(?: ?(?:no|num|number|card|card no))?$/], ['aadhaar', /\b(?:aadhaar|aadhar|adhar|uid|uidai|आधार)\b/],
  ['voter_id', /\b(?:voter|epic|elector)\b/], ['passport', /\bpassport\b/], ['driving_licence', /\b(?:driving licen[cs]e|dl no|dl number|d l no|dlno)\b/],
  ['father', /\b(?:father|father s|fathers|father husband|f h|f name|fname father|s o|guardian|pita|पिता|care of|c o|relative|relation name)\b/],
  ['mother', /\b(?:mother|mothers|mata|माता)\b/], ['spouse', /\b(?:husband|wife|spouse|pati|patni|पति|पत्नी)\b/],
  ['alias', /^(?:alias|aliases|aka|a k a|urf|nick ?name|other name|known as|उर्फ)$/],
  ['operator', /\b(?:operator|service provider|tsp|network|provider|circle)\b/],
  ['phone', new RegExp(`^(?:(?:subscriber|customer|contact|alternate|alt|guest|registered|linked|owner|own|user)?(?: s)? ?(?:phone|mobile|mob|cell|telephone|tel|msisdn|whatsapp|contact|mobile phone|sim)${NUMBER}|phoneno|mobileno|mdn|subscriber (?:no|number)|मोबाइल(?: (?:नंबर|संख्या))?|फोन(?: नंबर)?|doorbhash)$`)],
  ['pin', /^(?:pin|pin ?code|postal code|zip|zip code|पिन)$/], ['district', /^(?:district|distt|dist|zila|jila|जिला)(?: name)?$/],
  ['place', /^(?:village|vill|gaon|gram|town|city|tehsil|place|location|locality|mohalla|ward|area|residence|गांव|गाँव|शहर|स्थान)(?: name)?$/],
  ['site', /^(?:site|site name|bts name|tower name|cell name|site address|tower address|cell address|bts address|cell site)$/],
  ['address', /\b(?:address|addr|add|addrs|pata|पता|r o|residential)\b/],
  ['nationality', /^(?:nationality|country|citizenship)$/], ['occupation', /^(?:occupation|profession|vyavsay|पेशा|व्यवसाय)$/],
  ['age', /^(?:age|age years|umar|umr|aayu|ayu|उम्र|आयु)$/], ['sex', /^(?:sex|gender|ling|लिंग|m f)$/],
  ['role', /^(?:role\b.*|part|capacity|person type|type of person|category|status in case|person role|involvement|role in case|bhumika)$/],
  ['source', /^(?:source|from|from id|source id|src|node ?1|node a|node1|id1|id 1|person ?1|person a|actor ?1|actor a|ego|start|start node|a|sender|name ?1|entity ?1|individual ?1)$/],
  ['target', /^(?:target|to|to id|target id|dst|dest|node ?2|node b|node2|id2|id 2|person ?2|person b|actor ?2|actor b|alter|end|end node|b|receiver|recipient|name ?2|entity ?2|individual ?2)$/],
  ['weight', /^(?:weight|weights|strength|count|freq|frequency|n|calls|times|meetings|contacts|messages|number of (?:calls|ties|contacts|meetings)|value|tie level|no of calls)$/],
  ['relation', /^(?:relation|relationship|tie|tie type|edge type|link type|connection|layer)$/],
  ['person_id', /^(?:id|person ?id|node|node id|suspect id|accused id|record id|uid person|serial|criminal id|actor|actor id|individual|dossier no|unique id|rec id)$/],
  ['date', /\b(?:date|dated|datetime|timestamp|dinank|tarikh|tareekh|दिनांक|तारीख|dt|booked at|passed at|seen at|captured at|read at|recorded at|on)\b/],
  ['given_name', /^(?:given|first|fore)[ -]?name$/], ['surname', /^(?:surname|last ?name|family ?name)$/],
  ['name', /^(?:name|naam|नाम|full name|person name|(?:subscriber|customer|owner|registered owner|account holder|holder|guest|user|suspect|party|consumer|applicant|depositor|person)(?: s)?(?: name| ka naam)?|name of (?:the )?(?:\w+ )?(?:subscriber|customer|owner|holder|guest|person|account holder)|account name|a c name|owner name|cust name|sub name|subs name)$/],
  ['note', /^(?:remarks?|notes?|comments?|narration|particulars|description)$/],
]

/** \b knows the letters of English only; here a word ends at a space, whatever its script. */
const HEADINGS = WRITTEN.map(([meaning, pattern]) => [meaning, new RegExp(pattern.source.replaceAll(String.raw`\b`, '(?:(?<![^ ])|(?![^ ]))'))] as const)

/** Small letters, one space between words; `CallStart_Time` and `Call-Start  Time` are one. */
export function headingWords(column: string): string {
  return column.normalize('NFKC').replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2').toLowerCase().replace(/ \(\d+\)$/, '').replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim()
}

export function meaningOfHeading(column: string): Meaning | null {
  const words = headingWords(column)
  for (const [meaning, pattern] of HEADINGS) if (pattern.test(words)) return meaning
  return null
}
