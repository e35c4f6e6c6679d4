"""Small words and key words in the names of schools, in many languages."""

OF = frozenset(
    "of for de del della delle dello degli des du d da do dos das di der für fur van voor och og "
    "para per dell dell' d' pour".split()
)
AND = frozenset("and & und et y e i ja och og en +".split())
AT = frozenset("at in im a à na w zu an am on upon bin bint ibn".split())
ENGLISH = frozenset(
    "university universities college colleges school schools institute institutes institution "
    "academy faculty polytechnic seminary conservatory univ center centre".split()
)
FOREIGN_LINKS = frozenset("en au aux nad dan & das pour para et y und e a i für à".split())
PARTICLES = frozenset("von van bin bint ibn al el ben abu zu am der".split())
FOREIGN_AND = frozenset("und et y e i ja och og".split())
OF_DEGREE = frozenset("in of and & und de".split())
# Words of fields of study that also say which part of a region: "Middle Tennessee".
OF_REGION = frozenset(("middle",))
# Words behind "of" that a name cannot end with: "of Higher Education", "for Advanced Studies".
UNFINISHED = frozenset(
    "advanced higher applied traditional chinese oriental modern fine liberal graduate further "
    "continuing distance international public social physical natural human".split()
)
# A heading that stands in front of a school where the ends of lines were lost.
HEADINGS = frozenset(("education",))
PLACES_BEFORE = frozenset("from at attended by @ through via".split())
ENDS_FIELD = frozenset("in with a an on to per i my".split())
ROMAN = frozenset("i ii iii iv v vi vii viii ix x xi xii xiii".split())
UNITS = frozenset("center centre campus branch system foundation".split())
PLURAL_NOUNS = frozenset(
    "sciences science studies technologies technology languages research".split()
)
ARTICLES = frozenset("the la le las los el l l' die den o os as".split())
LINKS = OF | AND | AT | ARTICLES
# Words in small letters inside the names of schools in languages that write them so.
SMALL = frozenset(
    "nationale national supérieure superieure supérieur superior polytechnique polytechnic "
    "catholique technique techniques normale libre fédérale federale spécialisée internationale "
    "européenne royale militaire technologique scientifique arts métiers metiers mines ponts "
    "chaussées sciences lettres ingénieurs d'ingénieurs commerce gestion études etudes hautes "
    "appliquées vétérinaire agronomique nacional autónoma autonoma católica catolica politécnica "
    "politecnica técnica tecnica tecnológica tecnologica federal estadual pontificia nazionale "
    "cattolica degli studi angewandte angewandten wissenschaften technische technik wirtschaft "
    "bildenden künste musik und recht tekniska ekonomická ekonomiczna vysoká škola w praze v brně "
    "universitetet universitet ekonomi teknik negeri nouvelles hautes économiques économique "
    "pédagogique pédagogiques commerciales canton industrielle agricole économie agronomiques "
    "avancees avancées politiques politique science".split()
)
SUBJECT_NOUNS = frozenset(
    "science sciences technology technologies arts art engineering economics business management "
    "law medicine studies education music design agriculture commerce finance administration "
    "dentistry pharmacy nursing journalism communication communications health languages language "
    "architecture theatre theater fashion film hospitality tourism informatics mines petroleum "
    "minerals telecommunications telecommunication electronics policy affairs government "
    "governance service services work".split()
)
WEAK = (
    "institu instit academ facult school fakult akadem seminar kolleg technikum instiu istitut "
    "gymnasium conservat"
).split()
LEVELS = frozenset(
    "high middle elementary primary secondary graduate junior senior sr jr business law medical "
    "nursing public private state local grade higher old new general district online".split()
)
KIND_OF_KEY = frozenset(
    "medical technical technological agricultural business law graduate".split()
)
LANGUAGES = frozenset(
    "german french spanish italian japanese chinese russian korean arabic greek hebrew portuguese "
    "hispanic germanic islamic african".split()
)
NATIONS = frozenset(
    "international american indian islamic european global asian african british military naval "
    "agricultural national".split()
)
SHORT = frozenset("st mt ft univ u inst coll tech dr no sr jr prof acad sch".split())
QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "'": "'", "‘": "’", "(": ")", "[": "]"}
