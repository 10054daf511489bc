-- The ledger: documents, their sentences, and what they state. Version 1 (PRAGMA user_version).
--
-- Three kinds of tables. HELD is what came in, one transaction a document. BY PEOPLE is what people added; nothing else ever writes there.
-- DERIVED is computed from the other two, whole, from the set and not from the order of adding; it may be dropped at any time and is made
-- anew by the next question. Keys (`key`) are this file's own and follow the order of adding, so no answer shows them or is sorted by them;
-- ids are hashes of content. Days are days since 1970-01-01.

-- ---- held ----

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID; -- 'revision': rises with every change of HELD or BY PEOPLE; 'derived': the revision that DERIVED answers for

CREATE TABLE coding (key INTEGER PRIMARY KEY, version TEXT UNIQUE NOT NULL); -- "0.1.0 lexicon 3f2a model 91bc"

CREATE TABLE document (
    key INTEGER PRIMARY KEY,
    id TEXT UNIQUE NOT NULL,
    url TEXT, outlet TEXT NOT NULL DEFAULT '', title TEXT, language TEXT, section TEXT,
    published TEXT,           -- RFC 3339 as given, NULL when not stated
    day INTEGER,              -- its local day; NULL: the document enters no series, silence or gap
    modified TEXT,
    coding INTEGER NOT NULL REFERENCES coding,
    sentences INTEGER NOT NULL, statements INTEGER NOT NULL, skipped INTEGER NOT NULL,
    words INTEGER NOT NULL,   -- of the body
    readable INTEGER NOT NULL,-- 1: in a language the program reads, neither truncated nor skipped: counts as held in silences
    credit TEXT NOT NULL,     -- agency of the dateline or credit line ("Yonhap"), '' when none: the origin
    terms BLOB,               -- packed hashes and counts of words, for stories (src/ledger/terms.h)
    signature BLOB,           -- 128 MinHash values, 4 bytes each, of the body's five-word shingles; NULL under 8 words
    imported INTEGER NOT NULL DEFAULT 0 -- 1: a row of another data set (ICEWS, POLECAT, GDELT), not a text
);
CREATE INDEX document_day ON document (day, outlet);
CREATE INDEX document_url ON document (url) WHERE url <> '';

CREATE TABLE block (document INTEGER NOT NULL, ordinal INTEGER NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (document, ordinal)) WITHOUT ROWID;

CREATE TABLE sentence (key INTEGER PRIMARY KEY, document INTEGER NOT NULL, block INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL);
CREATE INDEX sentence_document ON sentence (document);

-- Words of sentences; the text itself lies in block only (contentless index).
CREATE VIRTUAL TABLE sentence_words USING fts5(text, content='', tokenize='unicode61 remove_diacritics 2');

CREATE TABLE skipped (document INTEGER NOT NULL, block TEXT NOT NULL, start INTEGER, "end" INTEGER, reason TEXT);
CREATE INDEX skipped_document ON skipped (document);

-- Everyone who was ever named or described, once per different reading.
CREATE TABLE actor (
    key INTEGER PRIMARY KEY,
    name TEXT NOT NULL, country TEXT NOT NULL, sector TEXT NOT NULL, code TEXT NOT NULL, role TEXT NOT NULL, id TEXT NOT NULL,
    fold TEXT NOT NULL,       -- name without case, diacritics and hyphens
    who TEXT NOT NULL,        -- the same person or body under one key: the fold of the name, or "country sector" where nobody is named
    UNIQUE (name, country, sector, code, role, id)
);
CREATE INDEX actor_country ON actor (country);
CREATE INDEX actor_fold ON actor (fold);

CREATE TABLE place (key INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL, lat REAL, lon REAL, geonames INTEGER NOT NULL,
    UNIQUE (name, country, geonames));

CREATE TABLE statement (
    key INTEGER PRIMARY KEY,
    id TEXT UNIQUE NOT NULL,
    document INTEGER NOT NULL REFERENCES document, sentence INTEGER REFERENCES sentence,
    event TEXT NOT NULL,      -- '' for null
    mode TEXT NOT NULL, context TEXT NOT NULL,
    source INTEGER REFERENCES actor, target INTEGER REFERENCES actor,
    factuality TEXT NOT NULL, -- CT+ PR+ PS+ CT- PR- PS- Uu
    day_from INTEGER, day_to INTEGER, -- of the event; NULL where the text leaves it open
    basis TEXT NOT NULL,      -- text, context, none
    background INTEGER NOT NULL,
    sort_day INTEGER,         -- day_from, else the document's day
    place INTEGER REFERENCES place,
    origin TEXT NOT NULL,     -- outlet or agency that the innermost voice names as its source, '' where it is the outlet's own
    confidence REAL NOT NULL,
    coding INTEGER NOT NULL REFERENCES coding,
    detail BLOB NOT NULL      -- the record of CONTRACT, whole: deflated JSON with the preset dictionary of src/ledger/detail.c
);
CREATE INDEX statement_document ON statement (document);
CREATE INDEX statement_sentence ON statement (sentence);
CREATE INDEX statement_order ON statement (sort_day, id);
CREATE INDEX statement_event ON statement (event, mode, sort_day);

-- role: 0 source, 1 target, 2 other, 3 speaker
CREATE TABLE participant (actor INTEGER NOT NULL, role INTEGER NOT NULL, statement INTEGER NOT NULL, PRIMARY KEY (actor, role, statement)) WITHOUT ROWID;
CREATE INDEX participant_statement ON participant (statement);

CREATE TABLE voice (statement INTEGER NOT NULL, depth INTEGER NOT NULL, speaker INTEGER, stance TEXT NOT NULL, quote TEXT NOT NULL,
    factuality TEXT NOT NULL, voice TEXT NOT NULL, cue TEXT NOT NULL, PRIMARY KEY (statement, depth)) WITHOUT ROWID;

CREATE TABLE link (statement INTEGER NOT NULL, rel TEXT NOT NULL, target TEXT NOT NULL, PRIMARY KEY (statement, rel, target)) WITHOUT ROWID;
CREATE INDEX link_target ON link (target);

-- ---- by people ----

-- kind: actor, date, not-an-event, factuality, merge, split. `item` is a statement id; for merge and split `value` is the other statement's id.
CREATE TABLE correction (key INTEGER PRIMARY KEY, item TEXT NOT NULL, kind TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
    signed TEXT NOT NULL, reason TEXT NOT NULL, made TEXT NOT NULL);
CREATE INDEX correction_item ON correction (item);

CREATE TABLE judgement (item TEXT NOT NULL, judge TEXT NOT NULL, verdict TEXT NOT NULL, PRIMARY KEY (item, judge)) WITHOUT ROWID; -- of a sample

-- ---- derived ----

CREATE TABLE copy (document INTEGER PRIMARY KEY, original TEXT NOT NULL, jaccard REAL NOT NULL, containment REAL NOT NULL, relation TEXT NOT NULL); -- original: document id; relation: copy, revision, original
CREATE INDEX copy_original ON copy (original);
CREATE TABLE origin (document INTEGER PRIMARY KEY, name TEXT NOT NULL); -- whose report it is at bottom
CREATE TABLE story_member (story TEXT NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (story, document)) WITHOUT ROWID;
CREATE INDEX story_document ON story_member (document);
CREATE TABLE story (id TEXT PRIMARY KEY, first_day INTEGER, last_day INTEGER, documents INTEGER, outlets INTEGER, sources INTEGER, title TEXT, row TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE happening (id TEXT PRIMARY KEY, event TEXT, mode TEXT, day_from INTEGER, day_to INTEGER, sort_day INTEGER, source TEXT, target TEXT, source_country TEXT,
    target_country TEXT, verdict TEXT, sources INTEGER, statements INTEGER, row TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX happening_order ON happening (sort_day, id);
CREATE TABLE happening_member (happening TEXT NOT NULL, statement INTEGER NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (happening, statement)) WITHOUT ROWID;
CREATE INDEX happening_statement ON happening_member (statement);
-- Answers that need the whole set, one JSON object a row, in the order in which they are shown.
CREATE TABLE answer (question TEXT NOT NULL, ordinal INTEGER NOT NULL, day INTEGER, who TEXT NOT NULL, outlet TEXT NOT NULL, row TEXT NOT NULL,
    PRIMARY KEY (question, ordinal)) WITHOUT ROWID;
