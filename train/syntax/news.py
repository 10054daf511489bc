"""Sentences of the kind that treebanks of blogs and reviews lack and newspapers are made of, with their trees, as CoNLL-U.

    python3 train/syntax/news.py --count 1500 --seed 7 > news.conllu

A small grammar of our own: titles and offices before names ("Estonian foreign minister Urmas Paet"), names of three parts and with hyphens,
appositions with nested organizations and abbreviations, refusals, denials, hedged perfects ("appears not to have met"), attributions on either
side of what is said, passives, datelines, headlines, questions, neither-nor, without, if. Names are put together at random from the lexicon's people
and places, every third of them cut and joined from two, so that the network learns the shape and not the people ("Moroccan" is no "can"). Trees follow the conventions of UD English (EWT, GUM): the name is the head, its title `nmod:desc`; after a determiner the office is
the head, the name `appos`. Meant as one part in twenty of what the network is trained on.
"""
import argparse
import pathlib
import random

LEXICON = pathlib.Path(__file__).resolve().parents[2] / "lexicon"


def rows(name):
    for line in (LEXICON / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"): yield line.split("\t")


def one_word(names): return sorted({n for n in names if n[:1].isupper() and n.isalpha() and len(n) > 2})


GIVEN = "Anna Ivan Maria Juan Ali Omar Fatima Igor Olga Petr Hans Lars Ingrid Kofi Ama Chen Wei Hiroshi Yuki Ravi Priya Carlos Elena Dmitri Sana Tariq Amina Jorge Lucia Paulo Ana Emeka Ngozi Thabo Sipho Aung Tun Nguyen Minh Siti Budi".split()
FAMILY = "Petrov Kowalski Novak Hansen Berg Silva Santos Garcia Lopez Mensah Okafor Dlamini Tanaka Sato Sharma Khan Hussein Haddad Mansour Ivanov Horvat Popescu Nagy Virtanen Jansen Dubois Moreau Rossi Conti Weber Schmidt Ozturk Yilmaz Karimi Rahman Suharto Wijaya Soe Thein Tran Pham".split()
KOREAN = "Kim Pak Ri Choe Jang Hwang Moon Song Yun Han".split()
SYLLABLE = "Jong Myong Hyon Chol Yong Su Il Un Ryong Hae Nam Gyu Won Sik Tae Ho Kyong Hui Sang Min".split()
CHINESE = "Li Wang Zhang Liu Song Yang Wu Zhao Dai Hu Lu Geng".split()
CHINESE2 = "Tao Yunshan Jianguo Jieshi Kang Xiaoping Dawei Bingguo Yi Shuang Keqiang Tong Peng Jun".split()
ARAB = "Abdullah Saleh Hamid Nasser Yousef Khalid Faisal Rashid Hariri Maliki Sadr Zawahiri".split()
NATION = one_word(a for r in rows("countries.tsv") for a in r[5].split(";")) + "Chinese Russian Iranian Turkish Polish Greek Kenyan Nigerian Egyptian Brazilian Peruvian Indian Pakistani Korean Japanese Serbian Croatian Cuban Sudanese Libyan Syrian Israeli Lebanese Dutch Danish Estonian Latvian Ukrainian Georgian Vietnamese Thai Ghanaian Malian".split()
COUNTRY = one_word(r[4].split(";")[0] for r in rows("countries.tsv")) + "China Russia Iran Turkey Poland Greece Kenya Nigeria Egypt Brazil Peru India Pakistan Japan Serbia Croatia Cuba Sudan Libya Syria Israel Lebanon Denmark Estonia Latvia Ukraine Georgia Vietnam Thailand Ghana Mali".split()
CITY = one_word(r[0] for r in list(rows("places.tsv"))[:4000]) + 5 * "Beijing Moscow Tehran Ankara Warsaw Athens Nairobi Abuja Cairo Lima Delhi Tokyo Belgrade Zagreb Havana Khartoum Tripoli Damascus Beirut Copenhagen Tallinn Riga Kyiv Tbilisi Hanoi Bangkok Accra Bamako Geneva Vienna Pyongyang Seoul".split()
OFFICE = [("President", "PROPN"), ("Premier", "PROPN"), ("Gen.", "PROPN"), ("Ambassador", "PROPN"), ("leader", "NOUN"), ("premier", "NOUN"), ("chief", "NOUN"), ("envoy", "NOUN"), ("spokesman", "NOUN"), ("spokeswoman", "NOUN"), ("spokesperson", "NOUN"), ("director", "NOUN"), ("professor", "NOUN"), ("chairman", "NOUN"), ("adviser", "NOUN"), ("lawmaker", "NOUN"), ("commander", "NOUN"), ("diplomat", "NOUN")]
COMPOUND = [[("Prime", "ADJ")], [("Foreign", "ADJ")], [("Defense", "PROPN")], [("Vice", "NOUN")], [("Deputy", "ADJ"), ("Prime", "ADJ")], [("Interior", "PROPN")]]
UNIT = ["Foreign Ministry", "Defense Ministry", "Central Bank", "Labour Party", "National Assembly", "Peace Institute", "Army", "Trade Union", "Policy Research Institute", "Liaison Department", "Security Council", "State University", "Workers Party"]
DAY = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTH = "January March April June July September November December".split()
PAST = {"meet": "met", "visit": "visited", "accuse": "accused", "condemn": "condemned", "praise": "praised", "thank": "thanked", "warn": "warned", "urge": "urged", "receive": "received", "criticize": "criticized", "attack": "attacked", "release": "released", "arrest": "arrested", "expel": "expelled", "support": "supported"}
EAST = "CHN PRK KOR TWN HKG VNM KHM JPN".split()
PEOPLE = [r[0].split(";")[0].split() for name in ("offices.tsv", "leaders.tsv") for r in rows(name) if r[1] not in EAST]
FIRST, LAST = one_word(p[0] for p in PEOPLE if len(p) > 1), one_word(p[-1] for p in PEOPLE)
FIELD = "Interior Finance Defense Defence Trade Health Justice Information Culture Energy Transport Education Economy Labor Agriculture".split()
TITLE = "President Premier King Queen Prince Sheikh Gen. General Col. Colonel Ambassador Senator Sen. Governor Mayor Judge Bishop Emir Sultan Chancellor Speaker Justice Lt. Capt. Secretary Commissioner".split()
THING = [("positions", "position"), ("ships", "ship"), ("bases", "base"), ("diplomats", "diplomat"), ("villages", "village"), ("observers", "observer"), ("banks", "bank"), ("towns", "town"), ("troops", "troops"), ("oil", "oil")]
DEED = [("invasion", "of"), ("bombing", "of"), ("seizure", "of"), ("refusal", None), ("visit", "to"), ("attack", "on"), ("criticism", "of"), ("support", "for"), ("withdrawal", "from"), ("recognition", "of"), ("talks", "with"), ("war", "with"), ("ties", "with"), ("agreement", "with")]
PAST.update({"kill": "killed", "detain": "detained", "bomb": "bombed", "shell": "shelled", "seize": "seized", "free": "freed", "blame": "blamed", "hail": "hailed", "reject": "rejected", "denounce": "denounced",
             "summon": "summoned", "recall": "recalled", "invite": "invited", "host": "hosted", "greet": "greeted", "tell": "told", "back": "backed", "strike": "struck", "hit": "hit", "shoot": "shot",
             "sue": "sued", "jail": "jailed", "sanction": "sanctioned", "invade": "invaded", "capture": "captured", "oust": "ousted", "congratulate": "congratulated", "rebuke": "rebuked", "brief": "briefed"})
PLACE_VERB = {"visit": "visiting", "attack": "attacking", "support": "supporting", "threaten": "threatening", "arm": "arming"}
AFFAIR = ["talks", "sanctions", "an agreement", "a visit", "the border", "the dispute", "a ceasefire", "the inspections"]


class Node:
    """A word with dependents to its left and right; space=False glues it to the word before."""

    def __init__(self, form, upos, lemma=None, feats="_", space=True):
        self.form, self.upos, self.feats, self.space = form, upos, feats, space
        self.lemma = lemma or (form if upos == "PROPN" else form.lower())
        self.deprel, self.left, self.right = "root", [], []

    def before(self, node, deprel):
        node.deprel = deprel
        self.left.append(node)
        return self

    def first(self, node, deprel):
        """As the leftmost of all."""
        node.deprel = deprel
        self.left.insert(0, node)
        return self

    def after(self, node, deprel):
        node.deprel = deprel
        self.right.append(node)
        return self

    def words(self):
        for n in self.left: yield from n.words()
        yield self
        for n in self.right: yield from n.words()


class Maker:
    def __init__(self, rng): self.r = rng

    def pick(self, xs): return self.r.choice(xs)
    def maybe(self, p): return self.r.random() < p

    # ---- small words
    def punct(self, form, space=False): return Node(form, "PUNCT", form, space=space)
    def case(self, form): return Node(form, "ADP")
    def the(self): return Node("the", "DET", "the", "Definite=Def|PronType=Art")
    def a(self, following): return Node("an" if following[0] in "aeiouAEIOU" else "a", "DET", "a", "Definite=Ind|PronType=Art")
    def propn(self, form, space=True): return Node(form, "PROPN", form, "Number=Sing", space)
    def adj(self, form): return Node(form, "ADJ", form, "Degree=Pos")
    def noun(self, form, lemma=None, plural=False): return Node(form, "NOUN", lemma, "Number=Plur" if plural else "Number=Sing")
    def past(self, lemma, form): return Node(form, "VERB", lemma, "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin")
    def inf(self, lemma): return Node(lemma, "VERB", lemma, "VerbForm=Inf")

    # ---- names
    def blend(self, names):
        """A name; every third one made of the beginning of one and the end of another."""
        a = self.pick(names)
        if self.maybe(.67): return a
        b = self.pick(names)
        cut, keep = self.r.randint(2, max(2, len(a) - 2)), self.r.randint(2, max(2, len(b) - 2))
        return (a[:cut] + b[-keep:].lower())[:14]

    def foreign(self):
        head = self.propn(self.blend(FIRST))
        if self.maybe(.15): head.after(self.propn(self.blend(FIRST)), "flat")
        if self.maybe(.08): head.after(self.propn(self.pick(["al", "bin", "ibn", "de", "van", "El", "Al", "Ben", "Abu"])), "flat")
        return head.after(self.propn(self.blend(LAST)), "flat")

    def name(self):
        kind = self.r.random()
        if kind > .45: return self.foreign() if self.maybe(.9) else self.propn(self.blend(LAST))
        kind /= .45
        if kind < .3:  # Kim Jong-un
            head = self.propn(self.pick(KOREAN))
            head.after(self.propn(self.pick(SYLLABLE)), "flat")
            if self.maybe(.7):
                last = self.propn(self.pick(SYLLABLE).lower(), space=False)
                last.before(self.punct("-"), "punct")
                head.after(last, "flat")
            else: head.after(self.propn(self.pick(SYLLABLE)), "flat")
        elif kind < .5: head = self.propn(self.pick(CHINESE)).after(self.propn(self.pick(CHINESE2)), "flat")
        elif kind < .62: head = self.propn(self.pick(GIVEN)).after(self.propn(self.pick(ARAB)), "flat")
        elif kind < .72: head = self.propn(self.pick(GIVEN)).after(self.propn(self.pick(GIVEN)), "flat").after(self.propn(self.pick(FAMILY)), "flat")
        elif kind < .92: head = self.propn(self.pick(GIVEN)).after(self.propn(self.pick(FAMILY)), "flat")
        else: head = self.propn(self.pick(FAMILY))
        return head

    def nation_mod(self): 
        if self.maybe(.12):
            n = self.adj("Korean")
            return [self.adj(self.pick(["South", "North"])), n]
        return [self.adj(self.pick(NATION))]

    def unit(self):
        """An organization's name: the last word its head, the others before it."""
        words = self.pick(UNIT).split()
        head = self.propn(words[-1])
        for w in words[:-1]:
            if w in ("Foreign", "Central", "National"): head.before(self.adj(w), "amod")
            else: head.before(self.propn(w), "compound")
        return head

    def office(self):
        """An office with its nationality and organization: (head, takes a name as nmod:desc)."""
        form, upos = self.pick(OFFICE)
        head = self.propn(form) if upos == "PROPN" else self.noun(form)
        if self.maybe(.2) and form in ("leader", "chief", "spokesman", "premier"): head.before(self.adj(self.pick(["former", "senior"])), "amod")
        if form in ("spokesman", "spokeswoman", "spokesperson", "director", "chief", "adviser", "chairman", "professor") and self.maybe(.8):
            unit = self.unit()
            if self.maybe(.5): head.before(self.adj(self.pick(NATION)), "amod")
            head.before(unit, "compound")
            return head
        if self.maybe(.25) and upos == "PROPN" and form == "President":
            head.before(self.adj(self.pick(NATION)), "amod")
            head.before(Node("Vice", "NOUN", None, "Number=Sing"), "compound")
            return head
        if self.maybe(.2):
            head = self.propn(self.pick(TITLE))
            if self.maybe(.6): head.before(self.adj(self.pick(NATION)), "amod")
            return head
        if self.maybe(.4):
            head = self.propn("Minister") if self.maybe(.6) else self.noun("minister")
            if self.maybe(.8): head.before(self.adj(self.pick(NATION)), "amod")
            part = self.pick(["Prime", "Foreign", "Prime", "Foreign", self.pick(FIELD)])
            if head.upos == "NOUN": part = part.lower()
            head.before(self.adj(part) if part.lower() in ("prime", "foreign") else (self.propn(part) if head.upos == "PROPN" else self.noun(part)), "amod" if part.lower() in ("prime", "foreign") else "compound")
            return head
        if self.maybe(.7):
            mods = self.nation_mod()
            for m in mods: head.before(m, "amod")
        return head

    def person(self):
        kind = self.r.random()
        if kind < .06:
            head = self.noun("counterpart").before(self.his(), "nmod:poss").before(self.adj(self.pick(NATION)), "amod")
            return head.after(self.propn(self.blend(LAST)), "appos") if self.maybe(.2) else head
        if kind < .12:
            head = self.noun(*self.pick([("soldiers", "soldier"), ("troops", "troops"), ("rebels", "rebel"), ("officials", "official"), ("police", "police"), ("lawmakers", "lawmaker"), ("jets", "jet"), ("protesters", "protester"), ("diplomats", "diplomat"), ("students", "student")]), True)
            return head.before(self.adj(self.pick(NATION)), "amod")
        if kind < .45: return self.name().before(self.office(), "nmod:desc")
        if kind < .6: return self.name()
        if kind < .75:  # the Danish envoy, his name
            head = self.office()
            head.first(self.the(), "det")
            if self.maybe(.5): head.after(self.name(), "appos")
            return head
        if kind < .93:  # Name, head of the Unit (ABC),
            name = self.name()
            role = self.noun(self.pick(["head", "leader", "director", "chairman", "secretary", "spokesman"]))
            role.before(self.punct(","), "punct")
            unit = self.unit()
            front = [(self.case("of"), "case"), (self.the(), "det")]
            if self.maybe(.5): front.append((self.adj(self.pick(NATION)), "amod"))
            for node, relation in reversed(front): unit.first(node, relation)
            if self.maybe(.3):
                abbreviation = self.propn("".join(self.pick("ABCDFIKLMNPU") for _ in range(3)), space=False)
                abbreviation.before(self.punct("(", space=True), "punct")
                abbreviation.after(self.punct(")"), "punct")
                unit.after(abbreviation, "appos")
            role.after(unit, "nmod")
            name.after(role, "appos")
            name.after(self.punct(","), "punct")
            return name
        poss = self.unit()
        poss.after(Node("'s", "PART", "'s", "_", space=False), "case")
        return self.propn(self.pick(KOREAN + FAMILY)).before(poss, "nmod:poss")

    def his(self): return Node("his", "PRON", "his", "Case=Gen|Gender=Masc|Number=Sing|Person=3|Poss=Yes|PronType=Prs")

    def state(self): return self.propn(self.pick(COUNTRY if self.maybe(.7) else CITY))

    def things(self):
        """Saudi positions; the country's ships."""
        head = self.noun(*self.pick(THING), True)
        if self.maybe(.75): return head.before(self.adj(self.pick(NATION)), "amod")
        return head.before(self.state().after(Node("'s", "PART", "'s", "_", space=False), "case"), "nmod:poss")

    def aim(self):
        k = self.r.random()
        return self.person() if k < .4 else self.things() if k < .65 else self.state()

    def deed(self):
        """Iraq's invasion of Kuwait; talks with Syria; the refusal to meet the envoy."""
        noun, preposition = self.pick(DEED)
        head = self.noun(noun, "talk" if noun == "talks" else None, noun in ("talks", "ties"))
        if self.maybe(.5) and noun not in ("war", "agreement"): head.before(self.state().after(Node("'s", "PART", "'s", "_", space=False), "case"), "nmod:poss")
        elif noun not in ("talks", "ties", "support", "criticism", "recognition"): head.before(self.the(), "det")
        if not preposition:
            return head.after(self.inf(self.pick(["meet", "receive", "support", "admit", "recognize"])).before(Node("to", "PART"), "mark").after(self.aim(), "obj"), "acl")
        other = self.state() if self.maybe(.7) else self.person()
        other.first(self.case(preposition), "case")
        head.after(other, "nmod")
        if self.maybe(.15): head.after(self.noun("border").before(self.case("over"), "case").before(self.the(), "det"), "nmod")
        return head

    def party(self): return self.person() if self.maybe(.6) else self.state()

    # ---- adverbials
    def when(self):
        k = self.r.random()
        if k < .5: return self.propn(self.pick(DAY)).before(self.case("on"), "case"), "obl"
        if k < .7: return self.propn(self.pick(MONTH)).before(self.case("in"), "case"), "obl"
        n = self.pick(["two", "three", "five", "ten"])
        years = self.noun("years", "year", True).before(Node(n, "NUM", n, "NumForm=Word|NumType=Card"), "nummod")
        return Node("ago", "ADV", "ago").before(years, "obl:unmarked"), "advmod"

    def where(self): return self.propn(self.pick(CITY)).before(self.case("in"), "case")

    def during(self):
        visit = self.noun("visit").before(self.case("during"), "case").before(self.his(), "nmod:poss")
        if self.maybe(.5): visit.before(self.adj("recent"), "amod")
        return visit.after(self.state().before(self.case("to"), "case"), "nmod")

    def tail(self, verb):
        if self.maybe(.45): verb.after(self.where(), "obl")
        if self.maybe(.25): verb.after(self.during(), "obl")
        if self.maybe(.5):
            node, relation = self.when()
            verb.after(node, relation)
        return verb

    def affair(self):
        text = self.pick(AFFAIR).split()
        head = self.noun(text[-1], "talk" if text[-1] == "talks" else "sanction" if text[-1] == "sanctions" else None, text[-1].endswith("s"))
        if text[0] == "the": head.before(self.the(), "det")
        elif text[0] in ("a", "an"): head.before(self.a(text[-1]), "det")
        return head

    # ---- clauses
    def met(self, verb=None):
        verb = verb or self.past("meet", "met")
        other = self.person()
        if self.maybe(.6):
            other.first(self.case("with"), "case")
            verb.after(other, "obl")
        else: verb.after(other, "obj")
        return self.tail(verb)

    def plain(self):
        lemma = self.pick(list(PAST))
        if lemma == "meet": verb = self.met()
        elif lemma == "accuse":
            verb = self.past(lemma, PAST[lemma]).after(self.party(), "obj")
            act = self.pick(list(PLACE_VERB))
            clause = Node(PLACE_VERB[act], "VERB", act, "VerbForm=Ger").before(Node("of", "SCONJ"), "mark").after(self.state(), "obj")
            verb.after(clause, "advcl")
        elif lemma in ("urge", "warn"):
            verb = self.past(lemma, PAST[lemma]).after(self.party(), "obj")
            goal = self.inf(self.pick(["release", "visit", "support", "receive"])).before(Node("to", "PART"), "mark").after(self.person(), "obj")
            verb.after(goal, "xcomp")
        else: verb = self.tail(self.past(lemma, PAST[lemma]).after(self.aim(), "obj"))
        return verb.before(self.party(), "nsubj")

    def hedged(self):
        appears = Node("appears", "VERB", "appear", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin")
        verb = Node("met", "VERB", "meet", "Tense=Past|VerbForm=Part") if self.maybe(.6) else Node("refused", "VERB", "refuse", "Tense=Past|VerbForm=Part")
        negated = verb.lemma == "meet" and self.maybe(.7)
        if negated: verb.before(Node("not", "PART", "not", "Polarity=Neg"), "advmod")
        verb.before(Node("to", "PART"), "mark")
        verb.before(Node("have", "AUX", "have", "VerbForm=Inf"), "aux")
        if verb.lemma == "meet": self.met(verb)
        else: verb.after(self.met(self.inf("meet")).before(Node("to", "PART"), "mark"), "xcomp")
        if verb.lemma == "refuse":
            to = verb.right[-1].left.pop()
            verb.right[-1].first(to, "mark")
        return appears.after(verb, "xcomp").before(self.person(), "nsubj")

    def refused(self):
        verb = self.past(*self.pick([("refuse", "refused"), ("decline", "declined"), ("agree", "agreed"), ("promise", "promised"), ("threaten", "threatened")]))
        goal = self.inf("meet")
        goal.before(Node("to", "PART"), "mark")
        self.met(goal)
        return verb.after(goal, "xcomp").before(self.party(), "nsubj")

    def passive(self):
        lemma, form = self.pick([("arrest", "arrested"), ("receive", "received"), ("release", "released"), ("expel", "expelled"), ("attack", "attacked")])
        verb = Node(form, "VERB", lemma, "Tense=Past|VerbForm=Part|Voice=Pass")
        verb.before(self.person(), "nsubj:pass")
        verb.before(Node("was", "AUX", "be", "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin"), "aux:pass")
        agent = self.person()
        agent.first(self.case("by"), "case")
        verb.after(agent, "obl:agent")
        return self.tail(verb)

    def talks(self):
        verb = self.past("hold", "held").after(self.noun("talks", "talk", True), "obj").before(self.party(), "nsubj")
        other = self.party()
        other.first(self.case("with"), "case")
        verb.after(other, "obl")
        return self.tail(verb)

    def bare_passive(self):
        """Somebody was arrested on Friday; nobody says by whom."""
        lemma, form = self.pick([("arrest", "arrested"), ("overthrow", "overthrown"), ("kill", "killed"), ("oust", "ousted"), ("detain", "detained"), ("wound", "wounded"), ("free", "freed"), ("expel", "expelled")])
        verb = Node(form, "VERB", lemma, "Tense=Past|VerbForm=Part|Voice=Pass").before(self.person(), "nsubj:pass")
        return self.tail(verb.before(Node("was", "AUX", "be", "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin"), "aux:pass"))

    def listed(self):
        """Chad, Mali and Togo."""
        head = self.state()
        for _ in range(self.r.randint(0, 2)): head.after(self.state().before(self.punct(","), "punct"), "conj")
        return head.after(self.state().before(Node("and", "CCONJ"), "cc"), "conj")

    def neither(self):
        head = self.state().before(Node("Neither", "CCONJ", "neither"), "cc:preconj").after(self.state().before(Node("nor", "CCONJ"), "cc"), "conj")
        lemma = self.pick(["support", "condemn", "attack", "visit", "back", "invite"])
        return self.tail(self.past(lemma, PAST[lemma]).after(self.aim(), "obj")).before(head, "nsubj")

    def many(self):
        lemma = self.pick(["condemn", "back", "denounce", "attack", "support", "recall", "summon"])
        return self.tail(self.past(lemma, PAST[lemma]).after(self.aim(), "obj")).before(self.listed(), "nsubj")

    def modal(self):
        lemma = self.pick(["attack", "visit", "invade", "expel", "release", "bomb", "meet", "sue"])
        if self.maybe(.5): verb = self.inf(lemma).before(Node(self.pick(["will", "may", "could", "would", "must", "can"]), "AUX", None, "VerbForm=Fin"), "aux")
        else:
            verb = Node(PAST.get(lemma, "met"), "VERB", lemma, "Tense=Past|VerbForm=Part").before(Node(self.pick(["may", "might", "could"]), "AUX", None, "VerbForm=Fin"), "aux").before(Node("have", "AUX", "have", "VerbForm=Inf"), "aux")
        return self.tail(verb.after(self.aim(), "obj")).first(self.party(), "nsubj")

    def without(self):
        lemma = self.pick(["visit", "back", "free", "recall", "seize", "leave", "shell"])
        verb = self.past(lemma, PAST.get(lemma, "left")).after(self.aim(), "obj").before(self.party(), "nsubj")
        gerund, stem = self.pick([("meeting", "meet"), ("consulting", "consult"), ("telling", "tell"), ("seeing", "see"), ("attacking", "attack")])
        clause = Node(gerund, "VERB", stem, "VerbForm=Ger").before(Node(self.pick(["without", "without", "after", "before"]), "SCONJ"), "mark").after(self.party(), "obj")
        return verb.after(clause, "advcl")

    def threat(self):
        """If one attacks, the other will strike back."""
        lemma = self.pick(["attack", "bomb", "invade", "expel", "arrest", "release"])
        when = Node(lemma + "s", "VERB", lemma, "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin").before(Node("if", "SCONJ"), "mark").before(self.state(), "nsubj").after(self.aim(), "obj")
        verb = self.inf(self.pick(["attack", "strike", "visit", "recall", "free", "sue"])).before(Node(self.pick(["will", "would"]), "AUX", None, "VerbForm=Fin"), "aux").after(self.aim(), "obj")
        subject = self.state()
        if self.maybe(.5):
            when.after(self.punct(","), "punct")
            verb.first(subject, "nsubj")
            return verb.first(when, "advcl")
        return verb.first(subject, "nsubj").after(when, "advcl")

    def nominal(self):
        """Iraq's invasion of Kuwait drew condemnation from Egypt."""
        lemma, form = self.pick([("draw", "drew"), ("bring", "brought"), ("follow", "followed"), ("anger", "angered"), ("end", "ended"), ("cause", "caused")])
        verb = self.past(lemma, form).before(self.deed(), "nsubj")
        if lemma in ("draw", "bring"):
            verb.after(self.noun(*self.pick([("criticism", None), ("protests", "protest"), ("condemnation", None), ("praise", None)])), "obj")
            return verb.after(self.state().before(self.case("from"), "case"), "obl")
        return self.tail(verb.after(self.party() if lemma != "follow" else self.deed(), "obj"))

    def wished(self):
        """A state hopes for talks with another; rejected an agreement with it."""
        lemma, form, preposition = self.pick([("hope", "hopes", "for"), ("call", "called", "for"), ("want", "wants", None), ("reject", "rejected", None), ("condemn", "condemned", None), ("seek", "seeks", None), ("resume", "resumed", None), ("end", "ended", None), ("announce", "announced", None)])
        verb = Node(form, "VERB", lemma, "Mood=Ind|Number=Sing|Person=3|VerbForm=Fin").before(self.party(), "nsubj")
        goal = self.deed()
        if preposition: goal.first(self.case(preposition), "case")
        return verb.after(goal, "obl" if preposition else "obj")

    def question(self):
        verb = self.inf(self.pick(["attack", "invade", "visit", "meet", "expel", "release"])).before(Node("Will", "AUX", "will", "VerbForm=Fin"), "aux").before(self.party(), "nsubj")
        return verb.after(self.party(), "obj")

    def core(self):
        return self.pick([self.plain, self.plain, self.plain, self.met_by, self.hedged, self.refused, self.passive, self.talks, self.talks, self.bare_passive, self.neither,
                          self.many, self.modal, self.without, self.threat, self.nominal, self.nominal, self.wished, self.wished])()
    def met_by(self): return self.met().before(self.person(), "nsubj")

    def said(self):
        k = self.r.random()
        clause = self.core()
        if k < .45:  # X said (that) clause
            verb = self.past(*self.pick([("say", "said"), ("report", "reported"), ("claim", "claimed"), ("deny", "denied"), ("note", "noted")]))
            if self.maybe(.6): clause.first(Node("that", "SCONJ"), "mark")
            if self.maybe(.3): verb.after(self.propn(self.pick(DAY)), "obl:unmarked") if self.maybe(.5) else verb.after(self.propn(self.pick(DAY)).before(self.case("on"), "case"), "obl")
            return verb.before(self.person(), "nsubj").after(clause, "ccomp")
        if k < .8:  # clause, X said
            said = self.past("say", "said")
            said.left.append(clause); clause.deprel = "ccomp"
            said.before(self.punct(","), "punct")
            return said.before(self.person(), "nsubj")
        said = self.past("say", "said")  # “clause,” said X
        clause.first(self.punct("\u201c", space=True), "punct")
        said.left.append(clause); clause.deprel = "ccomp"
        comma, close = self.punct(","), self.punct("\u201d")
        said.before(comma, "punct")
        clause_close = close
        said.before(clause_close, "punct")
        said.after(self.person(), "nsubj")
        return said

    def headline(self):
        lemma = self.pick(["visit", "accuse", "condemn", "praise", "warn", "attack", "release", "expel", "support"])
        form = lemma + ("es" if lemma.endswith(("s", "sh", "x")) else "s")
        subject = self.party()
        if self.maybe(.3):  # Israel, Bahrain sign deal
            subject, form = self.state(), lemma
            subject.after(self.state().before(self.punct(","), "punct"), "conj")
        verb = Node(form, "VERB", lemma, "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin").before(subject, "nsubj").after(self.aim() if self.maybe(.7) else self.deed(), "obj")
        if self.maybe(.4): verb.after(self.affair().first(self.case("over"), "case"), "obl")
        return verb

    def sentence(self):
        k = self.r.random()
        if k < .12: return self.headline()
        if k < .15: return self.question().after(self.punct("?"), "punct")
        root = self.said() if k < .5 else self.core()
        if self.maybe(.06):
            root.first(self.punct("\u2014" if self.maybe(.5) else "-", space=True), "punct")
            root.first(self.propn(self.pick(CITY).upper()), "obl:unmarked")
        return root.after(self.punct("."), "punct")


def write(root, number):
    words = list(root.words())
    index = {id(w): i + 1 for i, w in enumerate(words)}
    head = {id(root): 0}
    for w in words:
        for d in w.left + w.right: head[id(d)] = index[id(w)]
    # A comma that closes an apposition before a full stop or another comma is not written twice.
    first = words[0]
    if first.form[0].islower(): first.form = first.form[0].upper() + first.form[1:]
    text, rows = "", []
    for i, w in enumerate(words):
        if i and w.space and not words[i - 1].form in ("(", "\u201c"): text += " "
        text += w.form
        tight = i + 1 < len(words) and (not words[i + 1].space or w.form in ("(", "\u201c"))
        rows.append("\t".join([str(i + 1), w.form, w.lemma, w.upos, "_", w.feats, str(head[id(w)]), w.deprel, "_", "SpaceAfter=No" if tight else "_"]))
    return f"# sent_id = news-{number}\n# text = {text}\n" + "\n".join(rows) + "\n\n"


def sound(root):
    """No two commas side by side, no comma before a full stop: such sentences are made again."""
    forms = [w.form for w in root.words()]
    return all(not (a == "," and b in ",.") for a, b in zip(forms, forms[1:])) and forms[-1] != "," and len(forms) < 70


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--count", type=int, default=1500)
    ap.add_argument("--seed", type=int, default=7)
    a = ap.parse_args()
    maker, n = Maker(random.Random(a.seed)), 0
    while n < a.count:
        root = maker.sentence()
        if not sound(root): continue
        n += 1
        print(write(root, n), end="")


if __name__ == "__main__":
    main()
