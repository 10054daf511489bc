-- Version 3: who speaks in a sentence, whether or not it holds a statement, for those who ask who says why.
-- view: 1 if it is how somebody reads what happened (an expert's words, what others believe); first: sentence of its block.
-- Documents of before have none: `recode` brings them.
CREATE TABLE speaker (sentence INTEGER PRIMARY KEY, first INTEGER NOT NULL, name TEXT NOT NULL, view INTEGER NOT NULL);
CREATE INDEX speaker_view ON speaker (sentence) WHERE view = 1;
