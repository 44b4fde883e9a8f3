/** Sentences that the engine writes in English (findings, charts), said in the language of the screen; one it does not know stays as it came. */
import { currentLanguage } from './language.ts'
import { PATTERN_SENTENCES } from './pattern-sentences.ts'
import { patternsOf, saidBy, type Sentence, type Told } from './sentence-patterns.ts'

/** English with numbered slots, Hindi, Urdu. A slot holds whatever stood there: a number, a name, a list of names; at the beginning, before what is counted, a number alone. */
export const SENTENCES: readonly Sentence[] = [
  ['joins {0}', '{0} को जोड़ता है', '{0} کو جوڑتا ہے'],
  ['{0} contact, {1} of them among the {2} busiest', '{0} संपर्क, जिनमें {1} सबसे व्यस्त {2} में से', '{0} رابطہ، جن میں {1} سب سے مصروف {2} میں سے'],
  ['{0} contacts, {1} of them among the {2} busiest', '{0} संपर्क, जिनमें {1} सबसे व्यस्त {2} में से', '{0} رابطے، جن میں {1} سب سے مصروف {2} میں سے'],
  ['{0} contact, none of them among the busiest', '{0} संपर्क, सबसे व्यस्त लोगों में से कोई नहीं', '{0} رابطہ، سب سے مصروف افراد میں سے کوئی نہیں'],
  ['{0} contacts, none of them among the busiest', '{0} संपर्क, सबसे व्यस्त लोगों में से कोई नहीं', '{0} رابطے، سب سے مصروف افراد میں سے کوئی نہیں'],
  ['without this person {0} falls into {1} parts, and {2} person of {3} is cut off from the rest', 'इस व्यक्ति के बिना {0} {1} भागों में टूट जाता है, और {3} में से {2} व्यक्ति शेष से कट जाता है', 'اس شخص کے بغیر {0} {1} حصوں میں بٹ جاتا ہے، اور {3} میں سے {2} شخص باقی سے کٹ جاتا ہے'],
  ['without this person {0} falls into {1} parts, and {2} persons of {3} are cut off from the rest', 'इस व्यक्ति के बिना {0} {1} भागों में टूट जाता है, और {3} में से {2} व्यक्ति शेष से कट जाते हैं', 'اس شخص کے بغیر {0} {1} حصوں میں بٹ جاتا ہے، اور {3} میں سے {2} اشخاص باقی سے کٹ جاتے ہیں'],
  ['reached only through {0}', 'केवल {0} के माध्यम से पहुँच', 'صرف {0} کے ذریعے رسائی'],
  ['closest to {0}', '{0} के सबसे निकट', '{0} کے سب سے قریب'],
  ['in contact with {0} of the {1} busiest persons ({2}) and with nobody else; by volume of contact in place {3} of {4}', 'सबसे व्यस्त {1} में से {0} से संपर्क ({2}) और किसी से नहीं; संपर्क की मात्रा में {4} में से स्थान {3}', 'سب سے مصروف {1} میں سے {0} سے رابطہ ({2}) اور کسی سے نہیں؛ رابطے کی مقدار میں {4} میں سے مقام {3}'],
  ['in contact with {0} of the {1} busiest persons ({2}) and with {3} other; by volume of contact in place {4} of {5}', 'सबसे व्यस्त {1} में से {0} से संपर्क ({2}) और {3} अन्य से; संपर्क की मात्रा में {5} में से स्थान {4}', 'سب سے مصروف {1} میں سے {0} سے رابطہ ({2}) اور {3} دیگر سے؛ رابطے کی مقدار میں {5} میں سے مقام {4}'],
  ['in contact with {0} of the {1} busiest persons ({2}) and with {3} others; by volume of contact in place {4} of {5}', 'सबसे व्यस्त {1} में से {0} से संपर्क ({2}) और {3} अन्य से; संपर्क की मात्रा में {5} में से स्थान {4}', 'سب سے مصروف {1} میں سے {0} سے رابطہ ({2}) اور {3} دیگر سے؛ رابطے کی مقدار میں {5} میں سے مقام {4}'],
  ['one single contact', 'केवल एक संपर्क', 'صرف ایک رابطہ'],
  ['only kin, household or presence at one place', 'केवल रिश्तेदारी, घर या एक स्थान पर उपस्थिति', 'صرف رشتہ داری، گھرانہ یا ایک مقام پر موجودگی'],
  ['a lawyer, by the occupation recorded: in contact for the work', 'दर्ज पेशे के अनुसार अधिवक्ता: काम के कारण संपर्क', 'درج پیشے کے مطابق وکیل: کام کی وجہ سے رابطہ'],
  ['a doctor or nurse, by the occupation recorded: in contact for the work', 'दर्ज पेशे के अनुसार चिकित्सक या नर्स: काम के कारण संपर्क', 'درج پیشے کے مطابق ڈاکٹر یا نرس: کام کی وجہ سے رابطہ'],
  ['a worker of an aid organisation, by the occupation recorded: in contact for the work', 'दर्ज पेशे के अनुसार सहायता संगठन का कार्यकर्ता: काम के कारण संपर्क', 'درج پیشے کے مطابق امدادی تنظیم کا کارکن: کام کی وجہ سے رابطہ'],
  ['a journalist, by the occupation recorded: in contact for the work', 'दर्ज पेशे के अनुसार पत्रकार: काम के कारण संपर्क', 'درج پیشے کے مطابق صحافی: کام کی وجہ سے رابطہ'],
  ['A high place says where a person stands in what was recorded, not what he or she did; a lawyer, a relative or a tapped number can stand there too.', 'ऊँचा स्थान बताता है कि दर्ज सामग्री में व्यक्ति कहाँ है, यह नहीं कि उसने क्या किया; अधिवक्ता, रिश्तेदार या निगरानी वाला नंबर भी वहाँ हो सकता है।', 'اونچا مقام بتاتا ہے کہ درج مواد میں کوئی شخص کہاں ہے، یہ نہیں کہ اس نے کیا کیا؛ وکیل، رشتہ دار یا زیرِ نگرانی نمبر بھی وہاں ہو سکتا ہے۔'],
  ['Who never used a recorded phone, account or vehicle cannot be found here.', 'जिसने कभी दर्ज फ़ोन, खाता या वाहन काम में नहीं लिया, वह यहाँ नहीं मिल सकता।', 'جس نے کبھی درج شدہ فون، کھاتہ یا گاڑی استعمال نہیں کی، وہ یہاں نہیں مل سکتا۔'],
  ['No community holds enough links to offences to count as a ring, so everyone with a tie is ranked.', 'किसी समूह में अपराध से इतने संबंध नहीं कि उसे गिरोह माना जाए, इसलिए संपर्क वाले सभी को क्रम दिया गया है।', 'کسی گروہ میں جرم سے اتنے روابط نہیں کہ اسے گروہِ جرم مانا جائے، اس لیے رابطے والے سب کو درجہ دیا گیا ہے۔'],
  ['Only the {0} best connected of {1} are ranked: no links to offences are recorded that would say where to look, and the exact measure does not reach further.', '{1} में से केवल सबसे अधिक जुड़े {0} को क्रम दिया गया है: अपराध से कोई संबंध दर्ज नहीं जो बताए कि कहाँ देखें, और सटीक माप इससे आगे नहीं जाता।', '{1} میں سے صرف سب سے زیادہ جڑے {0} کو درجہ دیا گیا ہے: جرم سے کوئی ربط درج نہیں جو بتائے کہ کہاں دیکھیں، اور درست پیمانہ اس سے آگے نہیں جاتا۔'],
  ['The network is too large to find its communities twenty times over: how sure the rings are is not said.', 'जाल इतना बड़ा है कि समूह बीस बार नहीं निकाले जा सके: गिरोह कितने निश्चित हैं, यह नहीं बताया गया।', 'جال اتنا بڑا ہے کہ گروہ بیس بار نہیں نکالے جا سکے: گروہ کتنے یقینی ہیں، یہ نہیں بتایا گیا۔'],
  ['Not stable: of the first {0}, {1} % stay among them when evidence is missing or wrong. Read the order as a list of questions.', 'स्थिर नहीं: साक्ष्य कम या ग़लत होने पर पहले {0} में से {1} % ही बने रहते हैं। क्रम को प्रश्नों की सूची मानें।', 'مستحکم نہیں: شہادت کم یا غلط ہونے پر پہلے {0} میں سے {1} ٪ ہی برقرار رہتے ہیں۔ ترتیب کو سوالات کی فہرست سمجھیں۔'],
  ['{0} persons; {1} % with a link to an offence', '{0} व्यक्ति; {1} % का अपराध से संबंध', '{0} اشخاص؛ {1} ٪ کا جرم سے ربط'],
  ['{0} persons, {1} of them protected; {2} % with a link to an offence', '{0} व्यक्ति, जिनमें {1} संरक्षित; {2} % का अपराध से संबंध', '{0} اشخاص، جن میں {1} محفوظ؛ {2} ٪ کا جرم سے ربط'],
  ['{0} persons who keep to each other more than to the rest', '{0} व्यक्ति जो शेष की अपेक्षा आपस में अधिक जुड़े हैं', '{0} اشخاص جو باقی کی نسبت آپس میں زیادہ جڑے ہیں'],
  ['with those tied to this person, and what joins them', 'इस व्यक्ति से जुड़े लोग और जो उन्हें जोड़ता है', 'اس شخص سے جڑے لوگ اور جو انہیں جوڑتا ہے'],
  ['and what is linked to it', 'और जो इससे संबद्ध है', 'اور جو اس سے مربوط ہے'],
  ['saved as {0}', '{0} नाम से सहेजा गया', '{0} کے نام سے محفوظ'],
  ['no way was found', 'कोई रास्ता नहीं मिला', 'کوئی راستہ نہیں ملا'],
  ['the shortest ways through recorded links', 'दर्ज संबंधों से होकर सबसे छोटे रास्ते', 'درج شدہ روابط سے ہو کر مختصر ترین راستے'],
  ['The {0} with most links to it, of {1}.', '{1} में से इससे सर्वाधिक संबंध वाले {0}।', '{1} میں سے اس سے سب سے زیادہ روابط والے {0}۔'],
  ['The {0} with most links, of {1}.', '{1} में से सर्वाधिक संबंध वाले {0}।', '{1} میں سے سب سے زیادہ روابط والے {0}۔'],
  ['Everything linked to it.', 'जो कुछ इससे संबद्ध है।', 'جو کچھ اس سے مربوط ہے۔'],
  ['All there are.', 'जितने हैं सब।', 'جتنے ہیں سب۔'],
  ['As it was saved, with all links among them', 'जैसा सहेजा गया था, आपसी सभी संबंधों सहित', 'جیسا محفوظ کیا گیا تھا، باہمی تمام روابط سمیت'],
  ['{0} of the saved entities are no longer in the case: merged or gone with their source', 'सहेजी गई इकाइयों में से {0} अब मामले में नहीं हैं: विलीन हुईं या स्रोत के साथ हट गईं', 'محفوظ شدہ اکائیوں میں سے {0} اب مقدمے میں نہیں: ضم ہو گئیں یا ماخذ کے ساتھ ہٹ گئیں'],
  ['Groups of fewer than {0} are not drawn.', '{0} से छोटे समूह नहीं बनाए गए।', '{0} سے چھوٹے گروہ نہیں بنائے گئے۔'],
  ['Groups of fewer than {0} are not drawn, nor more than {1} groups.', '{0} से छोटे समूह नहीं बनाए गए, और {1} से अधिक समूह भी नहीं।', '{0} سے چھوٹے گروہ نہیں بنائے گئے، اور {1} سے زیادہ گروہ بھی نہیں۔'],
  ['Ways of at most {0} links, {1} for each two, not through what more than {2} share.', 'अधिक से अधिक {0} संबंधों के रास्ते, हर दो के लिए {1}, {2} से अधिक की साझा वस्तु से होकर नहीं।', 'زیادہ سے زیادہ {0} روابط کے راستے، ہر دو کے لیے {1}، {2} سے زیادہ کی مشترکہ شے سے ہو کر نہیں۔'],
  ['Ways of at most {0} links, {1} for each two, not through what more than {2} share; {3} longer left out.', 'अधिक से अधिक {0} संबंधों के रास्ते, हर दो के लिए {1}, {2} से अधिक की साझा वस्तु से होकर नहीं; {3} लंबे छोड़े गए।', 'زیادہ سے زیادہ {0} روابط کے راستے، ہر دو کے لیے {1}، {2} سے زیادہ کی مشترکہ شے سے ہو کر نہیں؛ {3} لمبے چھوڑے گئے۔'],
]

/** What an exhibit lacks, and what to do about it. */
const GAPS: typeof SENTENCES = [
  ['no analyst signs it.', 'किसी विश्लेषक के हस्ताक्षर नहीं हैं।', 'کسی تجزیہ کار کے دستخط نہیں ہیں۔'],
  ['Add one in the terminal: {0}', 'टर्मिनल में जोड़ें: {0}', 'ٹرمینل میں شامل کریں: {0}'],
  ['exhibit.case_number is not set.', 'प्राथमिकी या प्रकरण संख्या नहीं लिखी गई (exhibit.case_number)।', 'ایف آئی آر یا مقدمہ نمبر نہیں لکھا گیا (exhibit.case_number)۔'],
  ['exhibit.exhibit_number is not set.', 'प्रदर्श संख्या नहीं लिखी गई (exhibit.exhibit_number)।', 'ایگزبٹ نمبر نہیں لکھا گیا (exhibit.exhibit_number)۔'],
  ['exhibit.agency is not set.', 'जाँच एजेंसी नहीं लिखी गई (exhibit.agency)।', 'تفتیشی ادارہ نہیں لکھا گیا (exhibit.agency)۔'],
  ['exhibit.handling is not set.', 'गोपनीयता श्रेणी नहीं लिखी गई (exhibit.handling)।', 'رازداری کا درجہ نہیں لکھا گیا (exhibit.handling)۔'],
  ['Write exhibit.{0} in case.yaml: it is printed on the cover.', 'case.yaml में exhibit.{0} लिखें: यह आवरण पर छपता है।', 'case.yaml میں exhibit.{0} لکھیں: یہ سرورق پر چھپتا ہے۔'],
  ['the sheet of what speaks against the theory is blank.', 'अभियोजन के विपक्ष की बातों का पृष्ठ खाली है।', 'استغاثہ کے خلاف باتوں کا صفحہ خالی ہے۔'],
  ['Fill exhibit.against in case.yaml, or say in none_found what was looked for.', 'case.yaml में exhibit.against भरें, या none_found में लिखें कि क्या खोजा गया।', 'case.yaml میں exhibit.against بھریں، یا none_found میں لکھیں کہ کیا تلاش کیا گیا۔'],
  ['no open question is written down.', 'कोई खुला प्रश्न नहीं लिखा गया।', 'کوئی کھلا سوال نہیں لکھا گیا۔'],
  ['Fill exhibit.against.unknowns in case.yaml: open questions, enquiries not made, data refused.', 'case.yaml में exhibit.against.unknowns भरें: खुले प्रश्न, न की गई पूछताछ, न मिले आँकड़े।', 'case.yaml میں exhibit.against.unknowns بھریں: کھلے سوالات، نہ کی گئی پوچھ گچھ، نہ ملا مواد۔'],
  ['{0} persons on the chart have no category, first {1}.', 'चार्ट के {0} व्यक्तियों की श्रेणी नहीं बताई गई, पहला {1}।', 'چارٹ کے {0} اشخاص کی حیثیت نہیں بتائی گئی، پہلا {1}۔'],
  ['Give each a role in a source, or set exhibit.uncategorised in case.yaml.', 'हर एक की भूमिका स्रोत में दें, या case.yaml में exhibit.uncategorised लिखें।', 'ہر ایک کی حیثیت ماخذ میں دیں، یا case.yaml میں exhibit.uncategorised لکھیں۔'],
  ['an exhibit for court needs a reviewer beside the analyst.', 'न्यायालय के प्रदर्श के लिए विश्लेषक के साथ समीक्षक भी चाहिए।', 'عدالت کے ایگزبٹ کے لیے تجزیہ کار کے ساتھ نظرثانی کنندہ بھی درکار ہے۔'],
  ['analyst and reviewer are the same person.', 'विश्लेषक और समीक्षक एक ही व्यक्ति हैं।', 'تجزیہ کار اور نظرثانی کنندہ ایک ہی شخص ہیں۔'],
  ['the mode intelligence is not for use in court.', 'आसूचना का स्वरूप न्यायालय के लिए नहीं है।', 'خفیہ معلومات کی نوعیت عدالت کے لیے نہیں ہے۔'],
  ['the order for source {0} expired on {1}.', 'स्रोत {0} का आदेश {1} को समाप्त हो गया।', 'ماخذ {0} کا حکم {1} کو ختم ہو گیا۔'],
  ['source {0} is an interception without the reference of its order.', 'स्रोत {0} अवरोधन (इंटरसेप्शन) है, पर आदेश का संदर्भ नहीं है।', 'ماخذ {0} انٹرسیپشن ہے، مگر حکم کا حوالہ نہیں ہے۔'],
  ['the chart holds {0} protected persons or things; fewer than {1} can be told apart in public.', 'चार्ट में {0} संरक्षित व्यक्ति या वस्तुएँ हैं; {1} से कम होने पर सार्वजनिक रूप से पहचान हो सकती है।', 'چارٹ میں {0} محفوظ اشخاص یا اشیا ہیں؛ {1} سے کم ہونے پر عوام میں شناخت ہو سکتی ہے۔'],
]

/** What the patterns say most. */
const FOUND: typeof SENTENCES = [
  ['{0} and {1} are never in contact, but share {2} contacts', '{0} और {1} का आपस में कभी संपर्क नहीं, पर {2} संपर्क साझा हैं', '{0} اور {1} کا آپس میں کبھی رابطہ نہیں، مگر {2} رابطے مشترک ہیں'],
  ['{0} and {1} were at one place together {2} times', '{0} और {1} {2} बार एक स्थान पर साथ थे', '{0} اور {1} {2} بار ایک مقام پر ساتھ تھے'],
  ['{0} times, at places and hours where chance gives {1}', '{0} बार, ऐसे स्थानों और समय पर जहाँ संयोग से {1} अपेक्षित है', '{0} بار، ایسے مقامات اور اوقات پر جہاں اتفاق سے {1} متوقع ہے'],
  ['{0} go through {1} within two days of coming in, time after time', '{0} आने के दो दिन के भीतर बार-बार {1} से होकर निकल जाते हैं', '{0} آنے کے دو دن کے اندر بار بار {1} سے ہو کر نکل جاتے ہیں'],
  ['{0} payments; of the findings of this shape down to this one about {1} in {2} are to be expected by chance', '{0} भुगतान; इस रूप के यहाँ तक के निष्कर्षों में लगभग {2} में {1} संयोग से अपेक्षित हैं', '{0} ادائیگیاں؛ اس شکل کے یہاں تک کے نتائج میں تقریباً {2} میں {1} اتفاق سے متوقع ہیں'],
  ['{0} does what a transporter does', '{0} वह करता है जो परिवहनकर्ता करता है', '{0} وہ کرتا ہے جو نقل و حمل کرنے والا کرتا ہے'],
  ['seen on the way on {0} days', '{0} दिन मार्ग पर देखा गया', '{0} دن راستے پر دیکھا گیا'],
  ['ask for the statement of {0}', '{0} का विवरण (स्टेटमेंट) माँगें', '{0} کا گوشوارہ (اسٹیٹمنٹ) طلب کریں'],
  ['A shape is a reason to look, not a finding of guilt: a wedding fund, a committee (chit) or a contractor paying his men can look the same.', 'रूप देखने का कारण है, दोष का निष्कर्ष नहीं: विवाह-कोष, कमेटी (चिट) या मज़दूरों को भुगतान करता ठेकेदार भी ऐसा दिख सकता है।', 'شکل دیکھنے کی وجہ ہے، جرم کا نتیجہ نہیں: شادی فنڈ، کمیٹی (چٹ) یا مزدوروں کو ادائیگی کرتا ٹھیکیدار بھی ایسا دکھ سکتا ہے۔'],
  ['Collectors and financiers stand here and not in the order of organisers: whoever only moves money is never mixed into it.', 'वसूली और वित्त करने वाले यहाँ हैं, संचालकों के क्रम में नहीं: जो केवल धन चलाता है वह उसमें नहीं मिलाया जाता।', 'وصولی اور سرمایہ کاری کرنے والے یہاں ہیں، منتظمین کی ترتیب میں نہیں: جو صرف رقم چلاتا ہے وہ اس میں نہیں ملایا جاتا۔'],
  ['No payment is known to be in cash (from the narration, or layer: cash), so cash turned into UPI payments cannot be seen.', 'कोई भुगतान नक़द ज्ञात नहीं है, इसलिए नक़द से UPI में बदला धन नहीं दिख सकता।', 'کوئی ادائیگی نقد معلوم نہیں، اس لیے نقد سے UPI میں بدلی رقم نہیں دکھ سکتی۔'],
  ['{0} payments without an amount, without a time or in other currencies than {1} were left out.', 'बिना राशि, बिना समय या {1} से भिन्न मुद्रा के {0} भुगतान छोड़े गए।', 'بغیر رقم، بغیر وقت یا {1} کے علاوہ کرنسی کی {0} ادائیگیاں چھوڑی گئیں۔'],
  ['A tower covers an area, not a point: two phones at one tower may be streets apart. A family, a team at work and a shared lift look the same.', 'टावर क्षेत्र बताता है, बिंदु नहीं: एक टावर के दो फ़ोन गलियों दूर हो सकते हैं। परिवार, साथ काम करने वाले और साझा सवारी भी ऐसे ही दिखते हैं।', 'ٹاور علاقہ بتاتا ہے، نقطہ نہیں: ایک ٹاور کے دو فون گلیوں دور ہو سکتے ہیں۔ خاندان، ساتھ کام کرنے والے اور مشترکہ سواری بھی ایسے ہی دکھتے ہیں۔'],
  ['People of one family, village or trade share contacts: pairs who are never in contact themselves come first, for they are the ones that a plain list of calls does not show.', 'एक परिवार, गाँव या व्यवसाय के लोगों के संपर्क साझा होते हैं: जिन जोड़ों का आपस में कभी संपर्क नहीं वे पहले हैं, क्योंकि कॉल की सादी सूची उन्हें नहीं दिखाती।', 'ایک خاندان، گاؤں یا پیشے کے لوگوں کے رابطے مشترک ہوتے ہیں: جن جوڑوں کا آپس میں کبھی رابطہ نہیں وہ پہلے ہیں، کیونکہ کالوں کی سادہ فہرست انہیں نہیں دکھاتی۔'],
  ['That one thing follows another does not say that it was for it.', 'एक बात के बाद दूसरी होने से यह सिद्ध नहीं होता कि वह उसी के लिए थी।', 'ایک بات کے بعد دوسری ہونے سے یہ ثابت نہیں ہوتا کہ وہ اسی کے لیے تھی۔'],
]

const WHO: typeof SENTENCES = [
  ['All {0} members of the ring', 'गिरोह के सभी {0} सदस्य', 'گروہ کے تمام {0} ارکان'],
  ["All {0} people in this person's surroundings", 'इस व्यक्ति के आसपास के सभी {0} लोग', 'اس شخص کے گرد کے تمام {0} لوگ'],
  ['All {0} members of the group', 'समूह के सभी {0} सदस्य', 'مجموعے کے تمام {0} ارکان'],
  ['{0} of {1} members of the ring, the highest ranked', 'गिरोह के {1} में से {0} सदस्य, क्रम में सबसे ऊपर वाले', 'گروہ کے {1} میں سے {0} ارکان، درجے میں سب سے اوپر والے'],
  ['{0} of {1} members of the group, the highest ranked', 'समूह के {1} में से {0} सदस्य, क्रम में सबसे ऊपर वाले', 'مجموعے کے {1} میں سے {0} ارکان، درجے میں سب سے اوپر والے'],
  ["{0} of {1} people in this person's surroundings, those most strongly tied", 'इस व्यक्ति के आसपास के {1} में से {0} लोग, जिनका संपर्क सबसे गहरा है', 'اس شخص کے گرد کے {1} میں سے {0} لوگ، جن کا رابطہ سب سے گہرا ہے'],
]
const WHAT: typeof SENTENCES = [
  ['all {2} phones, accounts, vehicles, events and other things that join them or carry a criminal link.', 'उन्हें जोड़ने वाले या आपराधिक संबंध वाले सभी {2} फ़ोन, खाते, वाहन, घटनाएँ आदि।', 'انہیں جوڑنے والے یا مجرمانہ ربط والے تمام {2} فون، کھاتے، گاڑیاں، واقعات وغیرہ۔'],
  ['{2} of {3} things (phones, accounts, vehicles, events): what ties each of them to another, then what joins most.', '{3} में से {2} वस्तुएँ (फ़ोन, खाते, वाहन, घटनाएँ): पहले जो हर एक को किसी दूसरे से जोड़ती हैं, फिर जो सबसे अधिक को जोड़ती हैं।', '{3} میں سے {2} اشیا (فون، کھاتے، گاڑیاں، واقعات): پہلے جو ہر ایک کو کسی دوسرے سے جوڑتی ہیں، پھر جو سب سے زیادہ کو جوڑتی ہیں۔'],
]
const CHOSEN: typeof SENTENCES = [
  ...WHO.flatMap((who) => WHAT.map((what): (typeof SENTENCES)[number] => [`${who[0]}, and ${what[0]}`, `${who[1]}, और ${what[1]}`, `${who[2]}، اور ${what[2]}`])),
  ['A chart holds at most {0} entities; a thing left with a single link is not drawn.', 'एक चार्ट में अधिक से अधिक {0} इकाइयाँ आती हैं; जिस वस्तु का केवल एक संबंध बचे वह नहीं बनाई जाती।', 'ایک چارٹ میں زیادہ سے زیادہ {0} اکائیاں آتی ہیں؛ جس شے کا صرف ایک ربط بچے وہ نہیں بنائی جاتی۔'],
]

/** All that are known, for the check that each language has the same slots. */
export const KNOWN: typeof SENTENCES = [...SENTENCES, ...CHOSEN, ...GAPS, ...FOUND, ...PATTERN_SENTENCES]

const PATTERNS = patternsOf(KNOWN)

/** @returns the text in the language of the screen; as it came where a part of it is not known. */
export function told(text: string): string {
  const language = currentLanguage()
  if (language === 'en' || text === '') return text
  const whole = saidIn(text, language)
  if (whole !== null) return whole
  const parts = text.split(/(?<=\.) (?=[A-Z\d])/)
  const said = parts.map((part) => saidIn(part, language) ?? saidIn(part.replace(/\.$/, ''), language))
  return said.every((part) => part !== null) ? said.join(' ') : text
}

/** Whether the words of the screen's language are known for it. */
export function isKnownSentence(text: string): boolean {
  return saidIn(text, 'hi') !== null || text.split(/(?<=\.) (?=[A-Z\d])/).every((part) => saidIn(part, 'hi') !== null || saidIn(part.replace(/\.$/, ''), 'hi') !== null)
}

function saidIn(text: string, language: Told): string | null {
  return saidBy(PATTERNS, text, language)
}
