-- Version 2: what is derived is kept in tables whose rows can be compared one by one with what is computed, so that `add` writes only what
-- changed; corrections by people show in the columns that questions look at; the knowledge of each coding is kept, so that `recode` knows what
-- a change of it touches.

-- ---- held ----

ALTER TABLE statement ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0; -- 1: a person said that it is no event

-- Sentences that say why, by the phrases of lexicon/explanations.tsv.
CREATE TABLE claim (sentence INTEGER PRIMARY KEY, first INTEGER NOT NULL, kind TEXT NOT NULL, cue TEXT NOT NULL); -- first: sentence of its block

-- The knowledge behind a coding, file by file: deflated texts, each once.
CREATE TABLE knowledge (hash INTEGER PRIMARY KEY, text BLOB NOT NULL);
CREATE TABLE coding_knowledge (coding INTEGER NOT NULL, name TEXT NOT NULL, hash INTEGER NOT NULL, PRIMARY KEY (coding, name)) WITHOUT ROWID;

CREATE INDEX document_outlet ON document (outlet, day);
CREATE INDEX document_held ON document (day) WHERE readable = 1 AND imported = 0;
CREATE INDEX document_counted ON document (day) WHERE imported = 0;

-- ---- derived ----
-- `content` is a hash of all that a row says: computed and kept rows are compared by it. A key is the hash of what the thing is known by
-- (a happening: its first statement's id; a story: its first document's), and its id is that key in hexadecimal digits.

DROP TABLE copy;
DROP TABLE origin;
DROP TABLE story_member;
DROP TABLE story;
DROP TABLE happening;
DROP TABLE happening_member;
DROP TABLE answer;
DELETE FROM meta WHERE name = 'derived';

-- Pairs of documents that were compared word for word; texts never change, so these stay true.
CREATE TABLE likeness (one INTEGER NOT NULL, other INTEGER NOT NULL, jaccard REAL NOT NULL, containment REAL NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE copy (document INTEGER PRIMARY KEY, original TEXT NOT NULL, jaccard REAL NOT NULL, containment REAL NOT NULL, relation TEXT NOT NULL); -- original: document id; relation: copy, revision, original
CREATE INDEX copy_original ON copy (original);
CREATE TABLE origin (document INTEGER PRIMARY KEY, name TEXT NOT NULL); -- whose report it is at bottom

CREATE TABLE story_member (document INTEGER PRIMARY KEY, story INTEGER NOT NULL);
CREATE INDEX story_member_story ON story_member (story);
CREATE TABLE story (key INTEGER PRIMARY KEY, content INTEGER NOT NULL, first_day INTEGER, last_day INTEGER, outlets INTEGER NOT NULL, title TEXT NOT NULL, row TEXT NOT NULL);
CREATE INDEX story_order ON story (first_day, key);
CREATE INDEX story_content ON story (content);

CREATE TABLE happening (
    key INTEGER PRIMARY KEY, content INTEGER NOT NULL,
    event TEXT NOT NULL, mode TEXT NOT NULL, day_from INTEGER, day_to INTEGER, precise INTEGER NOT NULL,
    source TEXT NOT NULL, source_country TEXT NOT NULL, target TEXT NOT NULL, target_country TEXT NOT NULL, place TEXT NOT NULL,
    verdict TEXT NOT NULL, sources INTEGER NOT NULL, did INTEGER NOT NULL, did_not INTEGER NOT NULL, maybe INTEGER NOT NULL, open INTEGER NOT NULL, -- independent sources
    statements INTEGER NOT NULL,
    known INTEGER             -- day of the first report
);
CREATE INDEX happening_order ON happening (day_from, key);
CREATE INDEX happening_known ON happening (known, key);
CREATE INDEX happening_content ON happening (content);
CREATE INDEX happening_meeting ON happening (day_from, key) WHERE event = 'CONSULT' AND source <> '' AND target <> '';
CREATE TABLE happening_member (statement INTEGER PRIMARY KEY, happening INTEGER NOT NULL, reason INTEGER NOT NULL); -- reason: src/ledger/happenings.h
CREATE INDEX happening_member_happening ON happening_member (happening);

-- What a sentence says of an occasion, by lexicon/appearances.tsv: kept from one derivation to the next.
CREATE TABLE occasion (statement INTEGER PRIMARY KEY, own TEXT NOT NULL, position INTEGER NOT NULL);

-- Happenings of two states a day, by quad class; the pair's content says whether they changed.
CREATE TABLE dyad (one TEXT NOT NULL, other TEXT NOT NULL, content INTEGER NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE dyad_day (one TEXT NOT NULL, other TEXT NOT NULL, day INTEGER NOT NULL, verbal_cooperation INTEGER NOT NULL, material_cooperation INTEGER NOT NULL,
    verbal_conflict INTEGER NOT NULL, material_conflict INTEGER NOT NULL, PRIMARY KEY (one, other, day)) WITHOUT ROWID;

-- Answers that need the whole set, one JSON object a row; `place` is where it stands in the order in which they are shown, and what it is known
-- by. `who`: names (folded) and states it is about, between bars; `known`: the last day on which something of it was reported.
CREATE TABLE answer (key INTEGER PRIMARY KEY, question TEXT NOT NULL, place TEXT NOT NULL, content INTEGER NOT NULL, day INTEGER, known INTEGER, who TEXT NOT NULL,
    outlet TEXT NOT NULL, row TEXT NOT NULL);
CREATE UNIQUE INDEX answer_order ON answer (question, place, content);
